import { didYouMean } from '../../../../util/suggest.ts';
import type { ComplainAt, ComplaintRule } from './complaint.ts';
import { readMacroCall, type WrittenCall } from './macro-call.ts';
import { macroMarks, type MacroMark } from './macro-marks.ts';
import { macroKey, type Macro, type MacroTable } from './macro.ts';
import { shown } from './shown.ts';
import {
  joinedText,
  slicedText,
  textThrough,
  textWrittenAt,
  type SourceText,
  type Written,
} from './source-text.ts';
import { substituteArguments } from './substitute-arguments.ts';

/** How deep macros may call each other (spec/spl.md §1.7). */
const maxDepth = 100;
/** How often macros may be called, and how much text they may stand for, calls within macros included. */
const maxCalls = 10_000;
const maxCharacters = 1 << 20;
/** After so many errors the rest would only be more of the same. */
const maxErrors = 20;

/**
 * The text of a search without comments (each is one space then) and with the text of its macros instead of their
 * calls, to any depth (spec/spl.md §1.4, §1.7). Expansion is textual: no parentheses are added. A macro that nobody
 * has defined and whose name ends in `_filter` is `search *`. Undefined if there was an error; every complaint tells
 * the place of the call.
 */
export function expandMacros(
  source: SourceText,
  macros: MacroTable,
  complain: ComplainAt,
): SourceText | undefined {
  return new Expansion(macros, complain).run(source);
}

class Expansion {
  readonly #macros: MacroTable;
  readonly #complain: ComplainAt;
  #errors = 0;
  #calls = 0;
  #characters = 0;

  constructor(macros: MacroTable, complain: ComplainAt) {
    this.#macros = macros;
    this.#complain = complain;
  }

  run(source: SourceText): SourceText | undefined {
    const expanded = this.#expand(source, []);
    return this.#errors === 0 ? expanded : undefined;
  }

  /** `path`: the macros whose text this is, outermost first. */
  #expand(source: SourceText, path: readonly Macro[]): SourceText {
    const pieces: SourceText[] = [];
    let done = 0;
    for (const mark of macroMarks(source.text)) {
      if (this.#errors >= maxErrors || this.#tooLarge) break;
      pieces.push(slicedText(source, done, mark.start), this.#replace(source, mark, path));
      done = mark.end;
    }
    pieces.push(slicedText(source, done, source.text.length));
    return joinedText(pieces);
  }

  #replace(source: SourceText, mark: MacroMark, path: readonly Macro[]): SourceText {
    const at = source.at(mark.start);
    const nothing = textWrittenAt(' ', at);
    if (!mark.closed) {
      const what = mark.kind === 'comment' ? 'this comment' : 'this call of a macro';
      const close = mark.kind === 'comment' ? 'three backticks' : 'a backtick';
      this.#error('syntax', at, `${what} is not closed; ${close} must end it`);
      return nothing;
    }
    if (mark.kind === 'comment') return nothing;
    const call = readMacroCall(source.text, { start: mark.start + 1, end: mark.end - 1 });
    if (call !== undefined) return this.#call(source, call, at, path) ?? nothing;
    const written = source.text.slice(mark.start, mark.end);
    this.#error(
      'syntax',
      at,
      `"${shown(written)}" is not the call of a macro; write \`name\` or \`name(a, b)\``,
    );
    return nothing;
  }

  #call(source: SourceText, call: WrittenCall, at: Written, path: readonly Macro[]): SourceText | undefined {
    const macro = this.#macros.get(macroKey(call.name, call.args.length));
    if (macro === undefined) return this.#missing(call, at);
    if (path.includes(macro)) return this.#loop(macro, at, path);
    if (path.length >= maxDepth) {
      this.#error('too-large', at, `macros call each other more than ${maxDepth} deep`);
      return undefined;
    }
    const { file, line, column } = at;
    const through = [{ macro: macro.name, file, line, column }, ...at.through];
    const args = call.args.map(({ start, end }) => slicedText(source, start, end));
    const text = substituteArguments(textThrough(macro.definition, through), macro.args, args);
    this.#calls++;
    this.#characters += text.text.length;
    if (this.#tooLarge) {
      const bounds = `${maxCharacters} characters or ${maxCalls} calls`;
      this.#error('too-large', at, `macros come to more than ${bounds}`);
      return undefined;
    }
    return this.#expand(text, [...path, macro]);
  }

  #missing({ name, args }: WrittenCall, at: Written): SourceText | undefined {
    const counts = [...this.#macros.values()]
      .filter((macro) => macro.name === name)
      .map((macro) => macro.args.length);
    if (counts.length > 0) {
      const sorted = counts.sort((a, b) => a - b).join(' or ');
      const noun = sorted === '1' ? 'argument' : 'arguments';
      this.#error(
        'macro-arguments',
        at,
        `macro "${shown(name)}" takes ${sorted} ${noun}, not ${args.length}`,
      );
      return undefined;
    }
    if (name.endsWith('_filter') && args.length === 0) return textWrittenAt('search *', at);
    const names = new Set([...this.#macros.values()].map((macro) => macro.name));
    this.#error('unknown-macro', at, `there is no macro "${shown(name)}"${didYouMean(shown(name), names)}`);
    return undefined;
  }

  #loop(macro: Macro, at: Written, path: readonly Macro[]): undefined {
    const names = [...path.slice(path.indexOf(macro)), macro].map(({ name }) => shown(name));
    this.#error('macro-loop', at, `macro "${shown(macro.name)}" calls itself: ${names.join(' -> ')}`);
  }

  get #tooLarge(): boolean {
    return this.#calls > maxCalls || this.#characters > maxCharacters;
  }

  #error(rule: ComplaintRule, at: Written, message: string): void {
    this.#errors++;
    this.#complain({ severity: 'error', rule, at, message });
  }
}
