import { unreachable } from '../../../../util/assert.ts';
import type { Project } from '../../../plan/transform.ts';
import { hasWildcard, wildcardName } from '../../../plan/wildcard-name.ts';
import type { Columns, RowStage } from '../table-row.ts';

/** `fields` and `table` (spec/spl.md §3.8): columns in the order of the list, those of a wildcard by name. */
export function projectStage({ how, columns: names }: Project): RowStage {
  switch (how) {
    case 'keep':
      return choose([...names, '_time', '_raw']);
    case 'table':
      return choose(names);
    case 'drop':
      return drop(names);
    default:
      return unreachable(how);
  }
}

function choose(names: readonly string[]): RowStage {
  const choices = names.map(choiceOf);
  return (columns) => {
    const chosen = new Map<string, readonly string[]>();
    for (const name of choices.flatMap((choice) => choice(columns))) {
      const values = columns.get(name);
      if (values !== undefined && !chosen.has(name)) chosen.set(name, values);
    }
    return [chosen];
  };
}

function drop(names: readonly string[]): RowStage {
  const choices = names.map(choiceOf);
  return (columns) => {
    const kept = new Map(columns);
    for (const choice of choices) for (const name of choice(columns)) kept.delete(name);
    return [kept];
  };
}

/** Those of a row's columns that a name of the list means. */
function choiceOf(name: string): (columns: Columns) => readonly string[] {
  if (!hasWildcard(name)) return () => [name];
  const matches = wildcardName(name);
  return (columns) => [...columns.keys()].filter(matches).sort();
}
