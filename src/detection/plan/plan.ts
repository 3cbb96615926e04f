import type { Time } from '../../record/time.ts';
import type { Expr } from './expr.ts';
import type { FieldRef } from './field.ts';
import type { Message } from './message.ts';
import type { Transform } from './transform.ts';

/**
 * The one representation that every detection language compiles to and the
 * engine runs: choose lines (`where`), then let rows pass through `steps`.
 * What falls out of the last step is a finding.
 */
export interface Plan {
  /** Unique in a process; the key of its state. */
  readonly id: string;
  readonly title: string;
  readonly about: About;
  /** Where it was written. For messages only; never affects what it does. */
  readonly origin: Origin;
  readonly mode: Mode;
  readonly where: Expr;
  readonly steps: readonly Step[];
  readonly risk: Risk | undefined;
}

/** `streaming`: a row leaves when it first satisfies. `scheduled`: rows leave when their window closes (design §5). */
export type Mode = 'streaming' | 'scheduled';

interface Origin {
  readonly frontend: string;
  readonly file: string;
  readonly line: number;
}

/** What a reader of an alert wants to know about the detection: `security_rule.*` and `threat.*`. */
export interface About {
  readonly uuid: string;
  readonly version: string;
  readonly status: string;
  readonly description: string;
  readonly references: readonly string[];
  readonly attack: readonly Technique[];
  readonly story: readonly string[];
  readonly domain: string;
  readonly license: string;
  /** What frameworks and content libraries say of it, by their names: `cis20`, `nist`, `kill_chain_phases`, `asset_type`. */
  readonly annotations: Readonly<Record<string, readonly string[]>>;
  /** Searches that an analyst may go on with. */
  readonly drilldowns: readonly Drilldown[];
  /** What the audit policy has to log for the detection to see anything; undefined if anything will do. */
  readonly needs: Needs | undefined;
}

/** A search to go on with, in the language of the backend it is meant for; places are for columns of the finding. */
export interface Drilldown {
  readonly name: Message;
  readonly search: Message;
  readonly earliest: Message;
  readonly latest: Message;
}

/** A MITRE ATT&CK technique. Without name and tactics if our table does not know the id. */
export interface Technique {
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly { readonly id: string; readonly name: string }[];
}

export interface Needs {
  /** Undefined if events of any resource will do. */
  readonly resource: string | undefined;
  readonly level: 'Metadata' | 'Request' | 'RequestResponse';
}

/**
 * The steps of a plan, in this order, each at most once. A plan has either an aggregate, perhaps with having, or a
 * transform, or neither.
 */
export type Step = Allow | Aggregate | Having | Transform | Suppress;

/** Lets go of rows that an allowlist excuses, and counts them per entry. */
export interface Allow {
  readonly kind: 'allow';
  readonly entries: readonly AllowEntry[];
}

export interface AllowEntry {
  readonly allowlist: string;
  /** From 0, in the order of the file. */
  readonly index: number;
  readonly where: Expr;
  readonly owner: string;
  readonly reason: string;
  /** From this event time on it no longer allows. */
  readonly expires: Time | undefined;
}

/**
 * Groups rows by `by` within a window of event time and measures each group. A row counts once for each
 * combination of the values of its `by` fields; a row that has no value for one of them, and no default, counts nowhere.
 */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly by: readonly GroupKey[];
  readonly measures: readonly Measure[];
  readonly window: Window;
  /** When rows leave in streaming mode; in scheduled mode always at the close. */
  readonly emit: 'first' | 'close' | 'both';
}

export interface GroupKey {
  readonly field: FieldRef;
  /** Name of the column in the finding. */
  readonly as: string;
  /** What a row without the field reads as. */
  readonly default: string | undefined;
}

export interface Measure {
  readonly as: string;
  readonly of: 'count' | 'distinct' | 'values' | 'min' | 'max' | 'sum' | 'first' | 'last';
  /** Undefined for `count` only: it then counts rows, otherwise values. */
  readonly field: FieldRef | undefined;
}

/** Durations are in milliseconds, of event time. */
export type Window =
  /** [k·every + offset, (k+1)·every + offset) since the epoch. Closes `lateness` after its end. */
  | { readonly kind: 'tumbling'; readonly every: number; readonly offset: number; readonly lateness: number }
  /** The `length` before each row, the row included. It has no close: rows leave when they first satisfy. */
  | { readonly kind: 'sliding'; readonly length: number; readonly lateness: number }
  /** Ends when a group was silent for `gap`; closes `lateness` after that. */
  | { readonly kind: 'session'; readonly gap: number; readonly lateness: number };

/** Keeps groups that satisfy a condition on columns: group keys by their `as`, measures by theirs; secrets redacted. */
export interface Having {
  readonly kind: 'having';
  readonly where: Expr;
}

/** Lets one finding per combination of the columns `by` pass in each `period` (milliseconds of event time). */
export interface Suppress {
  readonly kind: 'suppress';
  readonly by: readonly string[];
  readonly period: number;
}

/** How a finding becomes risk events (spec/spl.md §5). */
export interface Risk {
  readonly message: Message;
  readonly objects: readonly RiskObject[];
  readonly threats: readonly { readonly field: string; readonly type: string }[];
}

export interface RiskObject {
  /** A column of the finding. */
  readonly field: string;
  readonly type: string;
  readonly score: number;
  readonly impact: number | undefined;
  readonly confidence: number | undefined;
}
