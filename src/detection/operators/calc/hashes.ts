import { createHash } from 'node:crypto';
import type { CalcBuilder } from './calc-builder.ts';
import { eachText } from './each-text.ts';

/** Hashes of the UTF-8 bytes of a text, in lower-case hexadecimal. */
export const hashes = {
  md5: eachText((text) => createHash('md5').update(text).digest('hex')),
  sha1: eachText((text) => createHash('sha1').update(text).digest('hex')),
  sha256: eachText((text) => createHash('sha256').update(text).digest('hex')),
} as const satisfies Readonly<Record<string, CalcBuilder>>;
