import { calcColumns } from '../../plan/calc-columns.ts';
import { cutText, maxTexts, TextBuilder } from './bounds.ts';
import { onValues, type CalcBuilder } from './calc-builder.ts';
import { calcTexts } from './calc-texts.ts';
import type { CalcValue } from './calc-value.ts';
import { fromTexts, numberIn, textIn } from './conversions.ts';

/** Functions of several texts. One text is a list of one, null an empty one, and an empty one is null. */
export const severalValues = {
  split: onValues(([value = null, by]) => {
    const delimiter = textIn(by);
    if (delimiter === undefined) return null;
    return fromTexts(calcTexts(value).flatMap((text) => parts(text, delimiter)));
  }),
  mvcount: onValues(([value = null]) => calcTexts(value).length || null),
  mvindex: onValues(([value = null, start, end = start]) => {
    const texts = calcTexts(value);
    const from = placeIn(texts, start);
    const to = placeIn(texts, end);
    // An end behind the last one is the last; a start behind it is nowhere.
    return from === undefined || to === undefined || from < 0 ? null : fromTexts(texts.slice(from, to + 1));
  }),
  mvjoin: onValues(([value = null, by]) => {
    const delimiter = textIn(by);
    return value === null || delimiter === undefined ? null : joined(calcTexts(value), delimiter);
  }),
  mvappend: onValues((values) => fromTexts(values.flatMap(calcTexts))),
  mvdedup: onValues(([value = null]) => fromTexts([...new Set(calcTexts(value))])),
  /** The values of the one column that the condition speaks of, of which it is true. */
  mvfilter: ([condition], compile) => {
    const [name, ...others] = condition ? calcColumns(condition) : [];
    if (condition === undefined || name === undefined || others.length > 0) return () => null;
    const holds = compile(condition);
    return (columns, at) => {
      const texts = columns.get(name) ?? [];
      return fromTexts(texts.filter((text) => holds(new Map([[name, [text]]]), at) === true));
    };
  },
} as const satisfies Readonly<Record<string, CalcBuilder>>;

/** At each delimiter; the empty one cuts between all characters. */
function parts(text: string, delimiter: string): readonly string[] {
  if (delimiter !== '') return text.split(delimiter, maxTexts);
  return Array.from(cutText(text, 2 * maxTexts)).slice(0, maxTexts);
}

/** From 0; below zero from the end. May lie outside. */
function placeIn(texts: readonly string[], value: CalcValue | undefined): number | undefined {
  const place = numberIn(value);
  if (place === undefined) return undefined;
  return Math.trunc(place) + (place < 0 ? texts.length : 0);
}

function joined(texts: readonly string[], delimiter: string): string {
  const builder = new TextBuilder();
  for (const [index, text] of texts.entries()) {
    if (index > 0) builder.add(delimiter);
    builder.add(text);
    if (builder.full) break;
  }
  return builder.text;
}
