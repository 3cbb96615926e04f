import type { CalcValue } from './calc-value.ts';

/** UTF-16 code units that one computed text may have, and texts that one value may hold. What is beyond is cut off. */
export const maxText = 1_048_576;
export const maxTexts = 10_000;

/** A value within the bounds. Half a surrogate pair is never left. */
export function bounded(value: CalcValue): CalcValue {
  if (typeof value === 'string') return cutText(value, maxText);
  return value !== null && typeof value === 'object' && value.length > maxTexts
    ? value.slice(0, maxTexts)
    : value;
}

/** The first `length` UTF-16 code units of a text, one less if that would cut a code point. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** A text put together from pieces that takes no more once it is as long as a text may be. */
export class TextBuilder {
  #text = '';

  get text(): string {
    return cutText(this.#text, maxText);
  }

  get full(): boolean {
    return this.#text.length >= maxText;
  }

  add(piece: string): void {
    if (!this.full) this.#text += piece.length > maxText ? piece.slice(0, maxText) : piece;
  }
}
