import { unreachable } from '../../../../util/assert.ts';
import type { Command, Search } from './ast.ts';
import {
  printBin,
  printFields,
  printFillnull,
  printMakemv,
  printMvexpand,
  printRename,
} from './commands/columns.ts';
import { printEval, printRegex } from './commands/conditions.ts';
import { printIplocation, printLookup, printRex, printSpath } from './commands/extraction.ts';
import { printDedup, printRank, printSort } from './commands/ordering.ts';
import { printConvert, printStats } from './commands/statistics.ts';
import { printEvaluation } from './print-evaluation.ts';
import { printTerm } from './print-term.ts';
import { printNames, spaced } from './print-word.ts';

/**
 * A search in its canonical text. `parseSearch` reads it back to the same search, spans aside, if it is one that
 * `parseSearch` could have made.
 */
export const printSearch = ({ commands }: Search): string =>
  commands.map((command) => spaced(command.name, printArguments(command))).join(' | ');

function printArguments(command: Command): string {
  switch (command.name) {
    case 'search':
      return printTerm(command.where);
    case 'where':
      return printEvaluation(command.where);
    case 'eval':
      return printEval(command);
    case 'fillnull':
      return printFillnull(command);
    case 'stats':
    case 'eventstats':
      return printStats(command);
    case 'rename':
      return printRename(command);
    case 'table':
      return printNames(command.fields);
    case 'fields':
      return printFields(command);
    case 'dedup':
      return printDedup(command);
    case 'sort':
      return printSort(command);
    case 'head':
      return command.count === undefined ? '' : `${command.count}`;
    case 'top':
    case 'rare':
      return printRank(command);
    case 'rex':
      return printRex(command);
    case 'regex':
      return printRegex(command);
    case 'spath':
      return printSpath(command);
    case 'iplocation':
      return printIplocation(command);
    case 'lookup':
      return printLookup(command);
    case 'convert':
      return printConvert(command);
    case 'makemv':
      return printMakemv(command);
    case 'mvexpand':
      return printMvexpand(command);
    case 'bin':
      return printBin(command);
    default:
      return unreachable(command);
  }
}
