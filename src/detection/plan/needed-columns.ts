import { unreachable } from '../../util/assert.ts';
import { calcColumns } from './calc-columns.ts';
import { exprColumns } from './expr-columns.ts';
import type { Extend, Lookup, Project, Rename, Stage, Stats } from './transform.ts';
import { hasWildcard, wildcardName } from './wildcard-name.ts';

/** Names of columns; `all`: any column may be needed. */
type Columns = ReadonlySet<string> | 'all';

/**
 * The columns that a row must bring to the first of `stages` for their result to be what it is with all of its
 * columns; `all` if the result shows every column.
 */
export const neededColumns = (stages: readonly Stage[]): Columns =>
  stages.toReversed().reduce<Columns>((needed, stage) => before(stage, needed), 'all');

/** What a row must bring to `stage` if `needed` must be there behind it. */
function before(stage: Stage, needed: Columns): Columns {
  switch (stage.kind) {
    case 'filter':
      return union(needed, exprColumns(stage.where));
    case 'keep':
      return union(needed, calcColumns(stage.where));
    case 'extend':
      return beforeExtend(stage, needed);
    case 'rename':
      return beforeRename(stage, needed);
    case 'lookup':
      return beforeLookup(stage, needed);
    case 'extract':
    case 'spath':
    case 'locate':
    case 'expand':
      return union(needed, [stage.column]);
    case 'substitute':
    case 'fill':
    case 'head':
      return needed;
    case 'stats':
      return beforeStats(stage, needed);
    case 'dedup':
      return union(needed, [...stage.by, ...stage.order.map(({ column }) => column)]);
    case 'sort':
      return union(
        needed,
        stage.keys.map(({ column }) => column),
      );
    case 'rank':
      return new Set([...stage.columns, ...stage.by]);
    case 'project':
      return beforeProject(stage, needed);
    default:
      return unreachable(stage);
  }
}

const union = (needed: Columns, more: Iterable<string>): Columns =>
  needed === 'all' ? 'all' : new Set([...needed, ...more]);

const without = (needed: Columns, names: readonly string[]): Columns =>
  needed === 'all' ? 'all' : new Set([...needed].filter((name) => !names.includes(name)));

function beforeExtend({ columns }: Extend, after: Columns): Columns {
  let needed = after;
  for (const { as, value } of columns.toReversed()) {
    if (needed === 'all' || !needed.has(as)) continue;
    needed = union(without(needed, [as]), calcColumns(value));
  }
  return needed;
}

function beforeRename({ pairs }: Rename, after: Columns): Columns {
  let needed = after;
  for (const { from, to } of pairs.toReversed()) {
    if (needed === 'all') return 'all';
    needed = hasWildcard(from) ? beforeWildcard(from, to, needed) : beforePair(from, to, needed);
  }
  return needed;
}

/** The target is written over, even by nothing, and the source is gone. */
function beforePair(from: string, to: string, needed: ReadonlySet<string>): ReadonlySet<string> {
  if (from === to) return needed;
  const others = [...needed].filter((name) => name !== to && name !== from);
  return new Set(needed.has(to) ? [...others, from] : others);
}

/** A target that the wildcard can make comes from its source, or stays what it was if no row has that. */
function beforeWildcard(from: string, to: string, needed: ReadonlySet<string>): Columns {
  const [head = '', tail = '', ...more] = to.split('*');
  const makes = wildcardName(to);
  const made = [...needed].filter(makes);
  if (made.length === 0) return needed;
  // With two wildcards or more one name may be made from many.
  if (more.length > 0) return 'all';
  const sources = made.map((name) =>
    from.replace('*', () => name.slice(head.length, name.length - tail.length)),
  );
  return new Set([...needed, ...sources]);
}

function beforeLookup({ match }: Lookup, needed: Columns): Columns {
  // A row that lacks what is looked up keeps its output columns, so those are needed as they were.
  return union(
    needed,
    match.map(({ column }) => column),
  );
}

function beforeStats({ by, measures, join }: Stats, needed: Columns): Columns {
  const read = [...by, ...measures.flatMap(({ value }) => (value ? [...calcColumns(value)] : []))];
  return join ? union(needed, read) : new Set(read);
}

function beforeProject({ how, columns }: Project, needed: Columns): Columns {
  const tests = columns.map(wildcardName);
  const named = (name: string): boolean => tests.some((matches) => matches(name));
  if (how === 'drop') return needed === 'all' ? 'all' : new Set([...needed].filter((name) => !named(name)));
  const kept = how === 'keep' ? ['_time', '_raw'] : [];
  if (needed !== 'all') return new Set([...needed].filter((name) => named(name) || kept.includes(name)));
  return columns.some(hasWildcard) ? 'all' : new Set([...columns, ...kept]);
}
