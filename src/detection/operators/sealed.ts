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

/** Kept values as they may be shown; those that were sealed each once, for nothing tells them apart any more. */
export function shown(values: readonly string[]): readonly string[] {
  if (!values.some((value) => value.includes(mark))) return values;
  const unsealed = new Set<string>();
  return values.flatMap((value) => {
    const text = value.replaceAll(seal, '');
    if (text === value) return [value];
    if (unsealed.has(text)) return [];
    unsealed.add(text);
    return [text];
  });
}
