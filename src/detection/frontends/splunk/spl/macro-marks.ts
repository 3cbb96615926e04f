import { behindQuoted } from './quoted.ts';

/** A comment or the call of a macro in a text: from its first backtick to behind its last one. */
export interface MacroMark {
  readonly kind: 'comment' | 'call';
  readonly start: number;
  readonly end: number;
  /** False: the text ends before it does. */
  readonly closed: boolean;
}

const fence = '```';

/**
 * Comments (between triple backticks) and macro calls (between single ones), in order. Inside double quotes there are
 * neither (spec/spl.md §1.4, §1.7).
 */
export function* macroMarks(text: string): Generator<MacroMark> {
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at = behindEscape(text, at) - 1;
    else if (char === '"') at = (behindQuoted(text, at) ?? text.length) - 1;
    else if (char === '`') {
      const mark = markAt(text, at);
      yield mark;
      at = mark.end - 1;
    }
  }
}

const behindEscape = (text: string, at: number): number =>
  text[at + 1] === '"' || text[at + 1] === '\\' ? at + 2 : at + 1;

function markAt(text: string, start: number): MacroMark {
  if (text.startsWith(fence, start)) {
    const close = text.indexOf(fence, start + fence.length);
    const closed = close >= 0;
    return { kind: 'comment', start, end: closed ? close + fence.length : text.length, closed };
  }
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '`') return { kind: 'call', start, end: at + 1, closed: true };
    if (text[at] === '"') at = (behindQuoted(text, at) ?? text.length) - 1;
  }
  return { kind: 'call', start, end: text.length, closed: false };
}
