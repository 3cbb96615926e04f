import type { Rename } from '../../../plan/transform.ts';
import { hasWildcard } from '../../../plan/wildcard-name.ts';
import type { Columns, RowStage, TableStage } from '../table-row.ts';
import { compileNamePattern, fillStars } from './name-pattern.ts';

/** One pair of a `rename`. */
interface Pair {
  /** What it calls a column; undefined if the column keeps its name. */
  readonly newName: (name: string) => string | undefined;
  /** Columns that a row loses if it has nothing to put there; undefined: that depends on the other rows. */
  readonly lost: ReadonlySet<string> | undefined;
}

const none: ReadonlySet<string> = new Set();

/** In the place of a name: another column takes it. */
const lost = Symbol('lost');

/**
 * `rename` of one row (spec/spl.md §3.4, trap 24): pairs apply left to right, a target that exists is overwritten,
 * and is lost if the source is missing. A wildcard moves what the row itself has.
 */
export function renameStage({ pairs }: Rename): RowStage {
  if (!pairs.some(({ from }) => hasWildcard(from))) return exactStage(pairs);
  const compiled = pairs.map(compilePair);
  return (columns) => [compiled.reduce((row, pair) => renamed(row, pair, pair.lost ?? none), columns)];
}

/** `rename` of a result set: what a wildcard moves in any row, a row that lacks it loses (spec/spl.md §9, trap 25). */
export function renameTableStage({ pairs }: Rename): TableStage {
  const compiled = pairs.map(compilePair);
  return (rows) =>
    compiled.reduce((table, pair) => {
      const lost =
        pair.lost ??
        newNames(
          table.map(({ columns }) => columns),
          pair,
        );
      return table.map(({ columns, trace }) => ({ columns: renamed(columns, pair, lost), trace }));
    }, rows);
}

/** Pairs without wildcards, all at once: what they make of a column does not depend on which others a row has. */
function exactStage(pairs: Rename['pairs']): RowStage {
  const names = newNamesOf(pairs);
  return (columns) => {
    const made = new Map<string, readonly string[]>();
    for (const [name, values] of columns) {
      const target = names.get(name) ?? name;
      if (target !== lost) made.set(target, values);
    }
    return [made];
  };
}

/** What each column that pairs without wildcards name is called behind all of them. */
function newNamesOf(pairs: Rename['pairs']): ReadonlyMap<string, string | typeof lost> {
  const mentioned = new Set(pairs.flatMap(({ from, to }) => [from, to]));
  const names = new Map<string, string | typeof lost>(Array.from(mentioned, (name) => [name, name]));
  for (const { from, to } of pairs) {
    for (const [name, now] of names) {
      if (now === from) names.set(name, to);
      else if (now === to) names.set(name, lost);
    }
  }
  return names;
}

function compilePair({ from, to }: Rename['pairs'][number]): Pair {
  if (!hasWildcard(from)) {
    return { newName: (name) => (name === from ? to : undefined), lost: new Set([to]) };
  }
  const pattern = compileNamePattern(from);
  const newName = (name: string): string | undefined => {
    const texts = pattern(name);
    return texts && fillStars(to, texts);
  };
  return { newName, lost: undefined };
}

function newNames(rows: readonly Columns[], { newName }: Pair): ReadonlySet<string> {
  const found = new Set<string>();
  for (const columns of rows) {
    for (const name of columns.keys()) {
      const target = newName(name);
      if (target !== undefined) found.add(target);
    }
  }
  return found;
}

/**
 * All columns at once, each in its place: one that gets a name which the pair itself matches is not renamed again.
 * Where two columns get one name, the last by its old name stays, whatever order the row holds them in.
 */
function renamed(columns: Columns, { newName }: Pair, lost: ReadonlySet<string>): Columns {
  const moved = new Map<string, string>();
  for (const name of columns.keys()) {
    const target = newName(name);
    if (target !== undefined && name >= (moved.get(target) ?? '')) moved.set(target, name);
  }
  const made = new Map<string, readonly string[]>();
  for (const [name, values] of columns) {
    const target = newName(name);
    if (target === undefined) {
      if (!lost.has(name) && !moved.has(name)) made.set(name, values);
    } else if (moved.get(target) === name) made.set(target, values);
  }
  return made;
}
