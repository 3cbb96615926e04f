import type { Calc } from '../../../plan/calc.ts';
import type { Stage } from '../../../plan/transform.ts';
import { didYouMean } from '../../../../util/suggest.ts';
import type { Command } from '../spl/ast.ts';
import { call, column, text } from './calc-parts.ts';
import type { Lowering } from './lowering.ts';

const defaultFormat = '%m/%d/%Y %H:%M:%S';

/** A conversion of `convert`: what a column becomes. Null removes it. */
type Conversion = (of: Calc, format: string) => Calc;

const conversions: Readonly<Record<string, Conversion>> = {
  // Rounds down to seconds; what is no time stays as it is (spec/spl.md §9).
  ctime: (of, format) => call('coalesce', call('strftime', call('floor', of), text(format)), of),
  mktime: (of, format) => call('strptime', of, text(format)),
  num: (of) => call('tonumber', of),
  rmcomma: (of) => call('replace', of, text(','), text('')),
  none: (of) => of,
};

/** Conversions that Splunk has and we do not, and what to write instead. */
const missing: ReadonlyMap<string, string> = new Map([
  ['auto', 'it looks at all rows of a window; write "num(field)"'],
  ['dur2sec', 'use "eval"'],
  ['mstime', 'use "eval"'],
  ['memk', 'use "eval"'],
  ['rmunit', 'use "eval" with replace(...)'],
]);

export const conversionNames: readonly string[] = Object.keys(conversions);

/** `convert`: times and numbers in columns, in UTC. */
export function lowerConvert(
  command: Extract<Command, { readonly name: 'convert' }>,
  lowering: Lowering,
): readonly Stage[] {
  const format = command.timeFormat?.text ?? defaultFormat;
  const columns = command.conversions.flatMap(({ function: name, field, as }) => {
    const from = lowering.name(field);
    const key = name.text.toLowerCase();
    const conversion = Object.hasOwn(conversions, key) ? conversions[key] : undefined;
    if (conversion !== undefined) {
      return [{ as: as ? lowering.name(as) : from, value: conversion(column(from), format) }];
    }
    const reason = missing.get(key);
    lowering.error(
      'unknown-function',
      name,
      reason === undefined
        ? `there is no conversion "${name.text}"${didYouMean(key, conversionNames)}`
        : `the conversion "${name.text}" is not supported: ${reason}`,
    );
    return [];
  });
  return [{ kind: 'extend', columns }];
}
