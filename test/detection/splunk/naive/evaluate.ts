import type { Command, Search } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import type { Event } from './event.ts';
import { evaluateValue } from './evaluation.ts';
import { truth } from './value.ts';
import { rank, stats } from './group-commands.ts';
import { lookup } from './lookup.ts';
import {
  bin,
  convert,
  evalRow,
  iplocation,
  makemv,
  mvexpand,
  regexHolds,
  rex,
  spath,
} from './row-commands.ts';
import type { Row, Table, World } from './table.ts';
import { dedup, fillnull, head, project, rename, sort, table } from './table-commands.ts';
import { satisfies } from './term.ts';

/**
 * What a search finds among the events of one window: command by command over whole lists, exactly as the specification
 * words it, as a second opinion on how the product runs searches. It shares no code with the product but the syntax tree
 * and the reading of JSON and of times. `events` are in the order in which they came.
 */
export function evaluate(search: Search, events: readonly Event[], world: World): readonly Row[] {
  const newestFirst = [...events].reverse().sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
  const start: Table = { rows: newestFirst.map(({ row }) => row), ordered: true };
  return search.commands.reduce((table, command) => run(command, table, world), start).rows;
}

/** Whether an event is among those that the search begins with: its commands before the first that is no `search`. */
export function isWanted(search: Search, { row }: Event): boolean {
  for (const command of search.commands) {
    if (command.name !== 'search') return true;
    if (!satisfies(row, command.where)) return false;
  }
  return true;
}

function run(command: Command, given: Table, world: World): Table {
  const each = (change: (row: Row) => Row): Table => ({ ...given, rows: given.rows.map(change) });
  const those = (keep: (row: Row) => boolean): Table => ({ ...given, rows: given.rows.filter(keep) });
  switch (command.name) {
    case 'search':
      return those((row) => satisfies(row, command.where));
    case 'where':
      return those((row) => truth(evaluateValue(command.where, row, world)) === true);
    case 'regex':
      return those((row) => regexHolds(command, row));
    case 'eval':
      return each((row) => evalRow(command, row, world));
    case 'rex':
      return each((row) => rex(command, row));
    case 'spath':
      return each((row) => spath(command, row));
    case 'iplocation':
      return each((row) => iplocation(command, row, world));
    case 'lookup':
      return each((row) => lookup(command, row, world));
    case 'convert':
      return each((row) => convert(command, row));
    case 'makemv':
      return each((row) => makemv(command, row));
    case 'bin':
      return each((row) => bin(command, row));
    case 'fields':
      return each((row) => project(command, row));
    case 'table':
      return each((row) => table(command, row));
    case 'mvexpand':
      return { ...given, rows: given.rows.flatMap((row) => mvexpand(command, row)) };
    case 'fillnull':
      return { ...given, rows: fillnull(command, given.rows) };
    case 'rename':
      return { ...given, rows: rename(command, given.rows) };
    case 'stats':
    case 'eventstats':
      return stats(command, given, world);
    case 'top':
    case 'rare':
      return rank(command, given);
    case 'dedup':
      return dedup(command, given);
    case 'sort':
      return sort(command, given);
    case 'head':
      return head(command, given);
  }
}
