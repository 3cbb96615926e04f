import type { z } from 'zod';
import { didYouMean } from '../../util/suggest.ts';
import { faultsOf, type Fault } from './fault.ts';
import { faultMessage } from './fault-message.ts';
import { foreignOption, judge } from './foreign.ts';
import { knownKeys } from './known-keys.ts';
import { entriesOf, isEmpty, type Node, type Place } from './node.ts';
import type { Path } from './path.ts';
import { keyOf, plainAt, toPlain, type Reading } from './plain.ts';
import type { Report } from './report.ts';
import { isSecret, leaks } from './secret.ts';

/** A part of the configuration that one schema describes. */
export interface Part {
  readonly node: Node;
  /** Of its key, for what is missing in it. */
  readonly place: Place;
  readonly path: Path;
  /** Whose options the table of foreign options names: `exporter/otlp_http`, `service`. */
  readonly owner: string;
}

export interface Validated<Config> {
  readonly config: Config;
  /** What the schema was given. */
  readonly raw: unknown;
}

/**
 * Reads `part` by `schema`; undefined if something is wrong, which then is in `report`.
 *
 * A value that does not fit is read in another way if it has one: a substituted value as the text it was, `null`
 * as absent, so that a default counts (spec/collector.md §1.3), and an option that only the Collector has as absent.
 */
export function validate<Config>(
  schema: z.ZodType<Config>,
  part: Part,
  report: Report,
): Validated<Config> | undefined {
  const readings = new Map<string, Reading>();
  let refused = false;
  // Ends: every round but the last adds a reading, and a value gets one at most.
  for (;;) {
    const raw = toPlain(part.node, readings);
    // An empty message marks those that the schema leaves to us.
    const result = schema.safeParse(raw, { error: () => '' });
    if (result.success) return refused ? undefined : { config: result.data, raw };
    const faults = faultsOf(result.error.issues);
    const tried = readings.size;
    for (const fault of faults) {
      if (fault.kind === 'value') readAnew(fault, part, readings);
      else if (leaveOut(fault, part, readings, report) === 'error') refused = true;
    }
    if (readings.size > tried) continue;
    for (const fault of faults) describe(fault, part, schema, raw, report);
    return undefined;
  }
}

/** Finds another reading of the value that `fault` is about, if there is an untried one. */
function readAnew(
  { path, issue }: Fault & { readonly kind: 'value' },
  part: Part,
  readings: Map<string, Reading>,
): void {
  const key = keyOf(path);
  const { node } = find(part, path);
  if (node === undefined || readings.has(key)) return;
  const wantsText =
    (issue.code === 'invalid_type' && issue.expected === 'string') ||
    issue.code === 'invalid_value' ||
    issue.code === 'invalid_union';
  // What may never be there was not meant as a default by leaving it empty: `grpc:` turns gRPC on.
  const isForbidden = issue.code === 'invalid_type' && issue.expected === 'never';
  if (node.text !== undefined && wantsText) readings.set(key, 'text');
  else if (isEmpty(node) && typeof path.at(-1) === 'string' && !isForbidden) readings.set(key, 'absent');
}

/** Leaves out an option that only the Collector has, and says so; undefined if it is none. */
function leaveOut(
  { path, key }: Fault & { readonly kind: 'unknown key' },
  part: Part,
  readings: Map<string, Reading>,
  report: Report,
): 'error' | 'warning' | undefined {
  const inside = [...path, key];
  const option = inside.filter((step) => typeof step === 'string').join('.');
  const foreign = foreignOption(part.owner, option);
  if (foreign === undefined) return undefined;
  readings.set(keyOf(inside), 'absent');
  const { keyPlace, node } = find(part, inside);
  const { severity, message } = judge(foreign, node === undefined ? undefined : toPlain(node));
  report[severity](keyPlace, [...part.path, ...inside], message);
  return severity;
}

function describe(fault: Fault, part: Part, schema: z.ZodType, raw: unknown, report: Report): void {
  if (fault.kind === 'unknown key') {
    const path = [...fault.path, fault.key];
    const message = unknownKey(fault.key, knownKeys(schema, fault.path));
    report.error(find(part, path).keyPlace, [...part.path, ...path], message);
    return;
  }
  const path = [...part.path, ...fault.path];
  const value = plainAt(raw, fault.path);
  const message = faultMessage(fault.issue, value, isSecret(path));
  const shown = leaks(message, value, path) ? 'is not valid; the value is a secret and not shown' : message;
  report.error(find(part, fault.path).place, path, shown);
}

/** What to say about a key that is not one of `known`. */
export function unknownKey(key: string, known: readonly string[]): string {
  const guess = didYouMean(key, known);
  if (guess !== '' || known.length === 0) return `unknown key${guess}`;
  return `unknown key. Known: ${known.toSorted().join(', ')}`;
}

interface Found {
  /** Undefined if nothing is written there; the places are then those of what it is missing in. */
  readonly node: Node | undefined;
  readonly place: Place;
  readonly keyPlace: Place;
}

function find(part: Part, path: Path): Found {
  let found: Found = { node: part.node, place: part.node.place, keyPlace: part.place };
  for (const step of path) {
    const { node, keyPlace } = found;
    const entry = typeof step === 'string' ? entriesOf(node).get(step) : undefined;
    const item = typeof step === 'number' && node?.kind === 'list' ? node.items[step] : undefined;
    const next = entry?.value ?? item;
    if (next === undefined) return { node: undefined, place: keyPlace, keyPlace };
    found = { node: next, place: next.place, keyPlace: entry?.place ?? next.place };
  }
  return found;
}
