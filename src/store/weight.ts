import type { Stored } from './store.ts';

/** What a row costs beside its texts: its place in a map, and two texts' headers. */
const perRow = 96;
/** Of a longer list or object so many members are looked at, and the rest is taken for the like of them. */
const sample = 32;
const wide = /[^\0-\xff]/;

/** About how many bytes of memory a row takes. It depends on nothing but the row. */
export const weightOf = (key: string, value: Stored): number =>
  Math.round(perRow + textWeight(key) + valueWeight(value));

/** About how many bytes the JSON of a value takes. */
function valueWeight(value: Stored): number {
  if (typeof value === 'string') return textWeight(value) + 3;
  if (typeof value !== 'object' || value === null) return 8;
  // It is read only.
  if (Array.isArray(value)) return listWeight(value as readonly Stored[]);
  const names = Object.keys(value);
  const entries = value as { readonly [key: string]: Stored };
  return listWeight(names) + listWeight(names.slice(0, sample).map((name) => entries[name] ?? null));
}

function listWeight(values: readonly Stored[]): number {
  const looked = Math.min(values.length, sample);
  let weight = 0;
  for (let index = 0; index < looked; index++) weight += valueWeight(values[index] ?? null);
  return 3 + (looked === 0 ? 0 : (weight * values.length) / looked);
}

/** Texts take two bytes a character as soon as one character needs them. */
const textWeight = (text: string): number => (wide.test(text) ? 2 * text.length : text.length);
