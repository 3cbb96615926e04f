import type { Calc } from '../../../plan/calc.ts';
import type { Stage } from '../../../plan/transform.ts';
import type { Command, Word } from '../spl/ast.ts';
import { call, column, number, text } from './calc-parts.ts';
import type { Lowering } from './lowering.ts';

const seconds: readonly (readonly [unit: RegExp, seconds: number])[] = [
  [/^s(?:ecs?|econds?)?$/, 1],
  [/^m(?:ins?|inutes?)?$/, 60],
  [/^h(?:rs?|ours?)?$/, 3_600],
  [/^d(?:ays?)?$/, 86_400],
  [/^w(?:eeks?)?$/, 604_800],
];

/** `bin span=` (spec/spl.md §3): with a number of bins instead it would depend on all rows of the window. */
export function lowerBin(
  command: Extract<Command, { readonly name: 'bin' }>,
  lowering: Lowering,
): readonly Stage[] {
  const { field, width, bins, as } = command;
  if (bins !== undefined || width === undefined) {
    lowering.error(
      'unsupported-option',
      command,
      '"bin" without a span chooses its bins by all rows of a window; write "span="',
    );
    return [];
  }
  const target = as === undefined ? field.text : lowering.name(as);
  return [{ kind: 'extend', columns: [{ as: target, value: binColumn(field, width, lowering) }] }];
}

/**
 * The bin that a column is in: of `_time` where it begins, in seconds since the epoch; of others the range, `10-20`.
 * What is no number stays as it is.
 */
export function binColumn(field: Word, span: Word, lowering: Lowering): Calc {
  const name = lowering.name(field);
  const width = widthOf(span.text, name === '_time');
  if (width === undefined) {
    lowering.error('bad-value', span, `"${span.text}" is no span for "${name}"; ${wanted(name)}`);
  }
  const size = number(width ?? 1);
  const start = call('*', call('floor', call('/', column(name), size)), size);
  const bin = name === '_time' ? start : call('.', call('.', start, text('-')), call('+', start, size));
  return call('coalesce', bin, column(name));
}

const wanted = (name: string): string =>
  name === '_time'
    ? 'write a number of seconds or one with s, m, h, d or w, such as "5m"; months and "@" are not supported'
    : 'write a number, such as "10"; spans of time are for "_time" only';

function widthOf(written: string, time: boolean): number | undefined {
  const [, amount = '', unit = ''] = /^(\d{0,9}(?:\.\d{1,6})?)([a-z]*)$/.exec(written) ?? [];
  const factor = unit === '' ? 1 : time ? seconds.find(([name]) => name.test(unit))?.[1] : undefined;
  if (factor === undefined || (amount === '' && unit === '')) return undefined;
  const width = (amount === '' ? 1 : Number(amount)) * factor;
  return width > 0 ? width : undefined;
}
