import { unreachable } from '../../util/assert.ts';
import type { Expr } from '../plan/expr.ts';
import type { FieldRef } from '../plan/field.ts';
import { matchersOf, type Matcher } from './matchers.ts';
import { conjunctsOf, holdsOf, pushNegations } from './normal-form.ts';
import { PlanSet } from './plan-set.ts';

/** A plan as far as the scanner has to know it. */
export interface ScanPlan {
  readonly id: string;
  readonly where: Expr;
}

/** The values that fields have. */
type Texts = (field: FieldRef) => readonly string[];

/** What the scanner does not know of itself. */
export interface Meaning {
  /** An expression as a function: what the plain path would say. */
  readonly testsOf: (expr: Expr) => (texts: Texts) => boolean;
  /** Where the values of a field stand: in the JSON of the event, or as the text of the line itself, or elsewhere. */
  readonly sourceOf: (field: FieldRef) => 'event' | 'line' | 'elsewhere';
}

/** What has to hold of one field for the plans in `plans` to be possible. */
export interface Condition {
  readonly holds: (values: readonly string[]) => boolean;
  readonly plans: PlanSet;
  /** Of how many of several values it has to hold, each taken alone; undefined if that says nothing. */
  readonly holdsOf: 'some' | 'every' | undefined;
  /** What comes to the same as `holds`, of one value; undefined if nothing does. */
  readonly matchers: readonly Matcher[] | undefined;
}

/** A field whose value can rule plans out. */
export interface Column {
  readonly field: FieldRef;
  readonly conditions: readonly Condition[];
  /** Plans that a value can rule out. */
  readonly cares: PlanSet;
}

/** What can be said of plans by looking at one field at a time. */
export interface Columns {
  readonly columns: readonly Column[];
  /** Plans that may hold at all. */
  readonly possible: PlanSet;
}

/** More fields are not looked at: those that matter for the most plans are. */
const maxColumns = 48;
const maxName = 256;
const maxParts = 16;

/**
 * Takes the conditions of plans apart by field. A part of a condition that looks at several fields, or at one that does
 * not stand in the event, says nothing here: with it all is possible.
 */
export function columnsOf(plans: readonly ScanPlan[], meaning: Meaning): Columns {
  const drafts = new Map<string, Draft>();
  const possible = new PlanSet(plans.length);
  for (const [index, { where }] of plans.entries()) {
    const parts = conjunctsOf(pushNegations(where));
    if (parts.every((part) => mayHold(part, meaning))) possible.add(index);
    for (const [key, { field, items }] of partsByField(parts, meaning)) {
      let draft = drafts.get(key);
      if (draft === undefined) drafts.set(key, (draft = { field, byText: new Map() }));
      const where: Expr = { kind: 'and', items };
      const text = keyOf(where);
      const known = draft.byText.get(text);
      if (known) known.plans.push(index);
      else draft.byText.set(text, { where, plans: [index] });
    }
  }
  const columns = [...drafts.values()].map((draft) => columnOf(draft, plans.length, meaning));
  columns.sort((a, b) => b.cares.size - a.cares.size);
  return { columns: columns.slice(0, maxColumns), possible };
}

interface Draft {
  readonly field: FieldRef;
  readonly byText: Map<string, { readonly where: Expr; readonly plans: number[] }>;
}

/** Equal for equal expressions only. Numbers as text: JSON has no infinity. */
const keyOf = (where: Expr): string =>
  JSON.stringify(where, (_, value: unknown) => (typeof value === 'number' ? String(value) : value));

/** False if a part that looks at no field is false. */
const mayHold = (part: Expr, { testsOf }: Meaning): boolean =>
  fieldsIn(part).size > 0 || testsOf(part)(() => []);

function partsByField(parts: readonly Expr[], { sourceOf }: Meaning) {
  const found = new Map<string, { readonly field: FieldRef; readonly items: Expr[] }>();
  for (const part of parts) {
    const [entry, ...others] = fieldsIn(part);
    if (entry === undefined || others.length > 0) continue;
    const [key, field] = entry;
    if (sourceOf(field) !== 'event' || !isWritable(field.name)) continue;
    const known = found.get(key);
    if (known) known.items.push(part);
    else found.set(key, { field, items: [part] });
  }
  return found;
}

function columnOf({ field, byText }: Draft, plans: number, { testsOf }: Meaning): Column {
  const cares = new PlanSet(plans);
  const conditions = [...byText.values()].map(({ where, plans: indices }): Condition => {
    for (const index of indices) cares.add(index);
    const tests = testsOf(where);
    return {
      holds: (values) => tests(() => values),
      plans: PlanSet.of(plans, indices),
      holdsOf: holdsOf(where),
      matchers: matchersOf(where),
    };
  });
  return { field, conditions, cares };
}

function fieldsIn(expr: Expr, found = new Map<string, FieldRef>()): ReadonlyMap<string, FieldRef> {
  switch (expr.kind) {
    case 'test':
      return found.set(`${expr.field.arrays} ${expr.field.name}`, expr.field);
    case 'not':
      return fieldsIn(expr.item, found);
    case 'and':
    case 'or':
      for (const item of expr.items) fieldsIn(item, found);
      return found;
    default:
      return unreachable(expr);
  }
}

/** True if it is not too long to be looked for, and its keys can be compared byte by byte unless it holds an escape that hides a character. */
const isWritable = (name: string): boolean =>
  name.length <= maxName &&
  name.split(/\.|\{\}/).length <= maxParts &&
  !/[\p{Control}\p{Surrogate}"\\\uFFFD]/u.test(name);
