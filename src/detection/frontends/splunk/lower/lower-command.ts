import { isAlways } from '../../../plan/normalise-expr.ts';
import type { SortKey, Stage } from '../../../plan/transform.ts';
import { unreachable } from '../../../../util/assert.ts';
import type { Command, SortField } from '../spl/ast.ts';
import { lowerBin } from './lower-bin.ts';
import { lowerConvert } from './lower-convert.ts';
import { lowerEval, lowerMakemv } from './lower-eval.ts';
import { lowerCondition } from './lower-evaluation.ts';
import { lowerLookup } from './lower-lookup.ts';
import { lowerRank } from './lower-rank.ts';
import { lowerRename } from './lower-rename.ts';
import { lowerRegex, lowerRex } from './lower-rex.ts';
import { lowerStats } from './lower-stats.ts';
import { lowerTerm } from './lower-term.ts';
import type { Lowering } from './lowering.ts';

/** The stages that a command means, with Splunk's defaults for what it leaves out (spec/spl.md §3). */
export function lowerCommand(command: Command, lowering: Lowering): readonly Stage[] {
  switch (command.name) {
    case 'search': {
      const where = lowerTerm(command.where, lowering);
      return isAlways(where) ? [] : [{ kind: 'filter', where }];
    }
    case 'where':
      return [{ kind: 'keep', where: lowerCondition(command.where, lowering) }];
    case 'eval':
      return lowerEval(command, lowering);
    case 'stats':
    case 'eventstats':
      return lowerStats(command, lowering);
    case 'rename':
      return lowerRename(command, lowering);
    case 'top':
    case 'rare':
      return lowerRank(command, lowering);
    case 'rex':
      return lowerRex(command, lowering);
    case 'regex':
      return lowerRegex(command, lowering);
    case 'lookup':
      return lowerLookup(command, lowering);
    case 'convert':
      return lowerConvert(command, lowering);
    case 'makemv':
      return lowerMakemv(command, lowering);
    case 'bin':
      return lowerBin(command, lowering);
    default:
      return [lowerPlain(command, lowering)];
  }
}

type PlainCommand = Extract<
  Command,
  {
    readonly name:
      'fillnull' | 'table' | 'fields' | 'dedup' | 'sort' | 'head' | 'spath' | 'iplocation' | 'mvexpand';
  }
>;

/** Commands that are one stage, with nothing to work out. */
function lowerPlain(command: PlainCommand, lowering: Lowering): Stage {
  switch (command.name) {
    case 'fillnull': {
      const columns = lowering.names(command.fields, 'in "fillnull"');
      return {
        kind: 'fill',
        columns: columns.length === 0 ? undefined : columns,
        value: command.value?.text ?? '0',
      };
    }
    case 'table':
      return { kind: 'project', how: 'table', columns: command.fields.map(({ text }) => text) };
    case 'fields':
      return {
        kind: 'project',
        how: command.drop ? 'drop' : 'keep',
        columns: command.fields.map(({ text }) => text),
      };
    case 'dedup':
      return lowerDedup(command, lowering);
    case 'sort': {
      const { limit = 10_000 } = command;
      return {
        kind: 'sort',
        keys: sortKeys(command.fields, lowering),
        limit: limit === 0 ? undefined : limit,
      };
    }
    case 'head':
      return { kind: 'head', count: command.count ?? 10 };
    case 'spath':
      return lowerSpath(command, lowering);
    case 'iplocation': {
      const { field, prefix, allFields } = command;
      return { kind: 'locate', column: lowering.name(field), prefix: prefix?.text ?? '', all: allFields };
    }
    case 'mvexpand':
      return {
        kind: 'expand',
        column: lowering.name(command.field),
        limit: command.limit === 0 ? undefined : command.limit,
      };
    default:
      return unreachable(command);
  }
}

function lowerDedup(command: Extract<Command, { readonly name: 'dedup' }>, lowering: Lowering): Stage {
  const { count = 1, keepEmpty, consecutive } = command;
  if (count < 1)
    lowering.error('bad-value', command, '"dedup" keeps at least one row; write a number from 1');
  const by = lowering.names(command.by, 'in "dedup"');
  return { kind: 'dedup', count, by, keepEmpty, consecutive, order: sortKeys(command.order, lowering) };
}

const keyKinds = { auto: 'auto', num: 'number', str: 'text', ip: 'address' } as const;

const sortKeys = (fields: readonly SortField[], lowering: Lowering): readonly SortKey[] =>
  fields.map(({ field, descending, as }) => ({ column: lowering.name(field), descending, as: keyKinds[as] }));

function lowerSpath(command: Extract<Command, { readonly name: 'spath' }>, lowering: Lowering): Stage {
  const { input, path, output } = command;
  if (path === undefined && output !== undefined) {
    lowering.error('bad-value', output, '"output" names what "path" takes; write "path=" too');
  }
  const from = input === undefined ? '_raw' : lowering.name(input);
  const take = path && { path: path.text, as: output === undefined ? path.text : lowering.name(output) };
  return { kind: 'spath', column: from, take };
}
