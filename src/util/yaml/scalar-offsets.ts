/** How a YAML scalar is written: `a`, `'a'`, `"a"`, or as a block behind `|` or `>`. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

/**
 * Where each character of a scalar's value stands in the YAML text (UTF-16 code units, both). `start` is the offset of
 * the scalar: its first character, quote, `|` or `>`. A character that was made of several (an escape, a folded line
 * break) stands where the first of them does; an index beyond the value where its last character does.
 *
 * What a reader of YAML does to a scalar (YAML 1.2 §7.3, §8.1) changes blanks and escapes only: all other characters
 * come in the order of the text, and that is how they are found again.
 */
export function scalarOffsets(
  text: string,
  start: number,
  style: ScalarStyle,
  value: string,
): (index: number) => number {
  const runs = new Runs();
  let at = style === 'block' ? text.indexOf('\n', start) + 1 : start + (style === 'plain' ? 0 : 1);
  let index = 0;
  while (index < value.length && at < text.length) {
    const gap = gapAt(text, at, style);
    if (gap > 0) {
      const blanks = style === 'double' ? foldedLength(text.slice(at, at + gap)) : blanksAt(value, index);
      runs.addGap(value.slice(index, index + blanks), index, text.slice(at, at + gap), at);
      index += blanks;
      at += gap;
    } else {
      const { written, read } = unitAt(text, at, style);
      if (read > 0) runs.add(index, at);
      index += read;
      at += written;
    }
  }
  return (wanted) => runs.offsetOf(Math.min(wanted, value.length - 1)) ?? start;
}

/** Stretches in which value and text go in step: where each begins in both. */
class Runs {
  readonly #indexes: number[] = [];
  readonly #offsets: number[] = [];

  add(index: number, offset: number): void {
    const last = this.#indexes.length - 1;
    const step = (this.#offsets[last] ?? Number.NaN) - (this.#indexes[last] ?? 0);
    if (offset - index === step) return;
    this.#indexes.push(index);
    this.#offsets.push(offset);
  }

  /** Blanks of the value and those of the text that they came from: equal ends belong together, the rest from the front. */
  addGap(read: string, index: number, written: string, offset: number): void {
    let same = 0;
    while (same < Math.min(read.length, written.length) && read.at(-1 - same) === written.at(-1 - same))
      same++;
    const front = read.length - same;
    const room = Math.max(0, written.length - same - 1);
    for (let k = 0; k < front; k++) this.add(index + k, offset + Math.min(k, room));
    for (let k = front; k < read.length; k++)
      this.add(index + k, offset + written.length - (read.length - k));
  }

  offsetOf(index: number): number | undefined {
    let low = 0;
    let high = this.#indexes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#indexes[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    const offset = this.#offsets[low - 1];
    return offset === undefined ? undefined : offset + index - (this.#indexes[low - 1] ?? 0);
  }
}

const blank = /[ \t\r\n]*/y;

function blanksAt(text: string, at: number): number {
  blank.lastIndex = at;
  return blank.exec(text)?.[0].length ?? 0;
}

/** Blanks of the text at `at`; an escaped line break in double quotes and the indentation behind it are no part of the value. */
function gapAt(text: string, at: number, style: ScalarStyle): number {
  return style === 'double' && isEscapedBreak(text, at) ? 0 : blanksAt(text, at);
}

const isEscapedBreak = (text: string, at: number): boolean => /^\\\r?\n/.test(text.slice(at, at + 3));

/** How many characters a run of blanks is in a double-quoted value: line breaks are folded, blanks around them vanish. */
function foldedLength(blanks: string): number {
  const breaks = blanks.split('\n').length - 1;
  return breaks === 0 ? blanks.length : Math.max(1, breaks - 1);
}

/** The characters of the text that make up the next one of the value: how many, and how many it is. */
function unitAt(
  text: string,
  at: number,
  style: ScalarStyle,
): { readonly written: number; readonly read: number } {
  if (style === 'single' && text.startsWith("''", at)) return { written: 2, read: 1 };
  if (style !== 'double' || text[at] !== '\\') return { written: 1, read: 1 };
  if (isEscapedBreak(text, at)) {
    const end = text.indexOf('\n', at) + 1;
    return { written: end - at + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0), read: 0 };
  }
  const digits = { x: 2, u: 4, U: 8 }[text[at + 1] ?? ''] ?? 0;
  const isPair = digits === 8 && Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff;
  return { written: 2 + digits, read: isPair ? 2 : 1 };
}
