import { hashOf } from '../../record/hash.ts';
import { boundText } from './bound-text.ts';

const mark = '\0';
// Anywhere: a search may have put text behind a value, or changed its case.
const seal = new RegExp(`${mark}[0-9a-f]{32}`, 'gi');

/**
 * A value of an event as state keeps it: bounded, and without secret material. `redacted` is what may be shown of it;
 * if that is not all of `text`, a hash of `text` stands behind, so that different secrets stay different groups.
 *
 * An event that imitates the seal gains nothing: it could have left those characters out.
 */
export const sealed = (text: string, redacted: string): string =>
  text === redacted ? boundText(text) : `${boundText(redacted)}${mark}${hashOf(text)}`;

/** The same, not bounded: for as long as it takes to work on one event. */
export const sealedWhole = (text: string, redacted: string): string =>
  text === redacted ? text : `${redacted}${mark}${hashOf(text)}`;

/** Columns as they may be shown: the very same ones if nothing of them was sealed, as mostly. */
export function shownColumns(
  columns: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  for (const values of columns.values()) {
    if (values.some(isSealed)) return new Map(Array.from(columns, ([as, held]) => [as, shown(held)]));
  }
  return columns;
}

const isSealed = (value: string): boolean => value.includes(mark);

/** Kept values as they may be shown; those that were sealed each once, for nothing tells them apart any more. */
export function shown(values: readonly string[]): readonly string[] {
  if (!values.some(isSealed)) return values;
  const unsealed = new Set<string>();
  return values.flatMap((value) => {
    const text = value.replaceAll(seal, '');
    if (text === value) return [value];
    if (unsealed.has(text)) return [];
    unsealed.add(text);
    return [text];
  });
}
