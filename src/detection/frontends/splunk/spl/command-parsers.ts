import type { CommandName } from './ast.ts';
import type { CommandParser } from './command-body.ts';
import {
  parseBin,
  parseFields,
  parseFillnull,
  parseMakemv,
  parseMvexpand,
  parseRename,
  parseTable,
} from './commands/columns.ts';
import { parseEval, parseRegex, parseSearchCommand, parseWhere } from './commands/conditions.ts';
import { parseIplocation, parseLookup, parseRex, parseSpath } from './commands/extraction.ts';
import { parseDedup, parseHead, parseRank, parseSort } from './commands/ordering.ts';
import { parseConvert, parseStats } from './commands/statistics.ts';

const parsers: Readonly<Record<CommandName, CommandParser>> = {
  search: parseSearchCommand,
  where: parseWhere,
  eval: parseEval,
  fillnull: parseFillnull,
  stats: parseStats,
  eventstats: parseStats,
  rename: parseRename,
  table: parseTable,
  fields: parseFields,
  dedup: parseDedup,
  sort: parseSort,
  head: parseHead,
  top: parseRank,
  rare: parseRank,
  rex: parseRex,
  regex: parseRegex,
  spath: parseSpath,
  iplocation: parseIplocation,
  lookup: parseLookup,
  convert: parseConvert,
  makemv: parseMakemv,
  mvexpand: parseMvexpand,
  bin: parseBin,
};

/** Commands by each name that they have in a search, in lower case. */
export const commandNames: ReadonlyMap<string, CommandName> = new Map<string, CommandName>([
  ...(Object.keys(parsers) as CommandName[]).map((name) => [name, name] as const),
  ['bucket', 'bin'],
]);

export const commandParser = (name: CommandName): CommandParser => parsers[name];
