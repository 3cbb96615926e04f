import type { Span } from './ast.ts';
import { behindQuoted } from './quoted.ts';

/** The call of a macro as it is written: its name, and where each argument stands, without blanks and quotes. */
export interface WrittenCall {
  readonly name: string;
  readonly args: readonly Span[];
}

const shape = /^\s*([^\s(),`"]+)\s*(?:\(([^]*)\)\s*)?$/;

/**
 * Reads what stands between the backticks, `name` or `name(a, "b, c")`, at `span`. An argument in double quotes
 * loses them (spec/spl.md §9). Undefined if it has another form.
 */
export function readMacroCall(text: string, { start, end }: Span): WrittenCall | undefined {
  const [, name, list] = shape.exec(text.slice(start, end)) ?? [];
  if (name === undefined) return undefined;
  if (list === undefined || list.trim() === '') return { name, args: [] };
  const first = text.indexOf('(', start) + 1;
  return { name, args: readArguments(text, { start: first, end: first + list.length }) };
}

function readArguments(text: string, { start, end }: Span): readonly Span[] {
  const args: Span[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    if (text[at] === '"') at = (behindQuoted(text, at) ?? end) - 1;
    else if (text[at] === ',') {
      args.push(bare(text, { start: from, end: at }));
      from = at + 1;
    }
  }
  return [...args, bare(text, { start: from, end })];
}

/** Without the blanks around, and without the quotes if they enclose all of it. */
function bare(text: string, { start, end }: Span): Span {
  const written = text.slice(start, end);
  const trimmed = written.trim();
  const from = start + (written.length - written.trimStart().length);
  const to = from + trimmed.length;
  const quoted = trimmed.startsWith('"') && trimmed.length > 1 && behindQuoted(text, from) === to;
  return quoted ? { start: from + 1, end: to - 1 } : { start: from, end: to };
}
