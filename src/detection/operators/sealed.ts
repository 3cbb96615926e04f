import { hashOf } from '../../record/hash.ts';
import { boundText } from './bound-text.ts';

const mark = '\0';
const seal = new RegExp(`${mark}[0-9a-f]{32}$`);

/**
 * A value of an event as state keeps it: bounded, and without secret material. `redacted` is what may be shown of it;
 * if that is not all of `text`, a hash of `text` stands behind, so that different secrets stay different groups.
 *
 * An event that imitates the seal gains nothing: it could have left those characters out.
 */
export const sealed = (text: string, redacted: string): string =>
  text === redacted ? boundText(text) : `${boundText(redacted)}${mark}${hashOf(text)}`;

/** Kept values as they may be shown, each once. */
export const shown = (values: readonly string[]): readonly string[] => [
  ...new Set(values.map((value) => value.replace(seal, ''))),
];
