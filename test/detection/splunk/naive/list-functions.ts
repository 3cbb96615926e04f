import { fromTexts, numberOf, textOf, textsOf, type Value } from './value.ts';
import type { NaiveFunction } from './naive-function.ts';
import { Undecided } from './table.ts';

/** Functions of several values. Places count from 0, negative ones from the end, the end is included. */
export const listFunctions: Readonly<Record<string, NaiveFunction>> = {
  mvcount: ([value = null]) => (value === null ? null : textsOf(value).length),
  mvjoin: ([value = null, delimiter = null]) =>
    value === null || delimiter === null ? null : textsOf(value).join(textOf(delimiter)),
  mvappend: (args) => fromTexts(args.flatMap(textsOf)),
  mvdedup: ([value = null]) => fromTexts([...new Set(textsOf(value))]),
  mvindex: ([value = null, start = null, end]: readonly Value[]) => {
    const values = textsOf(value);
    const from = placeOf(start, values.length);
    const to = end === undefined ? from : placeOf(end, values.length);
    if (from === null || to === null) return null;
    if (end !== undefined && (from < 0 || to >= values.length))
      throw new Undecided('mvindex beyond the ends');
    return from < 0 ? null : fromTexts(values.slice(from, to + 1));
  },
};

function placeOf(value: Value, size: number): number | null {
  const number = numberOf(value);
  if (number === null) return null;
  return number < 0 ? size + number : number;
}
