import { unreachable } from '../../util/assert.ts';
import { calcColumns } from './calc-columns.ts';
import { exprColumns } from './expr-columns.ts';
import type { Extend, Locate, Lookup, Rename, Stage } from './transform.ts';
import { hasWildcard } from './wildcard-name.ts';

/** What a stage does to the columns of one row. */
export interface StageEffects {
  /** Columns that decide what it does. */
  readonly reads: ReadonlySet<string>;
  /** Columns that it may set or take away; `any`: those cannot be named. */
  readonly writes: ReadonlySet<string> | 'any';
}

const nothing: ReadonlySet<string> = new Set();

/** The effects of a stage that looks at one row at a time (`isRowLocal`); undefined if it is none. */
export function stageEffects(stage: Stage): StageEffects | undefined {
  switch (stage.kind) {
    case 'filter':
      return { reads: exprColumns(stage.where), writes: nothing };
    case 'keep':
      return { reads: calcColumns(stage.where), writes: nothing };
    case 'extend':
      return extendEffects(stage);
    case 'fill':
      return stage.columns && both(stage.columns);
    case 'rename':
      return renameEffects(stage);
    case 'lookup':
      return lookupEffects(stage);
    case 'locate':
      return { reads: new Set([stage.column]), writes: locatedColumns(stage) };
    case 'expand':
    case 'substitute':
      return both([stage.column]);
    case 'extract':
      return { reads: new Set([stage.column]), writes: 'any' };
    case 'spath': {
      const writes = stage.take === undefined ? 'any' : new Set([stage.take.as]);
      return { reads: new Set([stage.column]), writes };
    }
    case 'project':
      return { reads: nothing, writes: 'any' };
    case 'stats':
    case 'dedup':
    case 'sort':
    case 'head':
    case 'rank':
      return undefined;
    default:
      return unreachable(stage);
  }
}

function both(names: readonly string[]): StageEffects {
  const columns = new Set(names);
  return { reads: columns, writes: columns };
}

function extendEffects({ columns }: Extend): StageEffects {
  const reads = columns.flatMap(({ value }) => [...calcColumns(value)]);
  return { reads: new Set(reads), writes: new Set(columns.map(({ as }) => as)) };
}

function renameEffects({ pairs }: Rename): StageEffects | undefined {
  if (pairs.some(({ from }) => hasWildcard(from))) return undefined;
  return both(pairs.flatMap(({ from, to }) => [from, to]));
}

function lookupEffects({ match, output, overwrite }: Lookup): StageEffects {
  const written = output?.map(({ as }) => as);
  const looked = match.map(({ column }) => column);
  return {
    // What is there already decides whether it stays.
    reads: new Set(overwrite ? looked : [...looked, ...(written ?? [])]),
    writes: written === undefined ? 'any' : new Set(written),
  };
}

const places = ['City', 'Country', 'Region', 'lat', 'lon', 'Continent', 'MetroCode', 'Timezone'];

const locatedColumns = ({ prefix }: Locate): ReadonlySet<string> =>
  new Set(places.map((name) => `${prefix}${name}`));
