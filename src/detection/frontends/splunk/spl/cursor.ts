import type { Span } from './ast.ts';
import { character, isAt } from './character.ts';
import type { Complain, ComplaintRule } from './complaint.ts';
import { Refusal } from './refusal.ts';
import { shown } from './shown.ts';

/** A place in a search's text that moves forward while commands are read. */
export class Cursor {
  readonly text: string;
  readonly #complain: Complain;
  #offset = 0;

  constructor(text: string, complain: Complain) {
    this.text = text;
    this.#complain = complain;
  }

  get offset(): number {
    return this.#offset;
  }

  /** The character here; empty at the end of the text. */
  get char(): string {
    return this.text[this.#offset] ?? '';
  }

  moveTo(offset: number): void {
    this.#offset = offset;
  }

  /** Passes blanks, and what else is of `kinds`. */
  skip(kinds: number = character.space): void {
    while (isAt(this.text, this.#offset, kinds)) this.#offset++;
  }

  /** Whether the command ends here, blanks aside. */
  ended(): boolean {
    this.skip();
    return this.#offset >= this.text.length || this.char === '|';
  }

  /** Passes `written` if it stands here. */
  take(written: string): boolean {
    const found = this.text.startsWith(written, this.#offset);
    if (found) this.#offset += written.length;
    return found;
  }

  /** Passes `word`, in any case, if it stands here as a word of its own. */
  takeKeyword(word: string): boolean {
    const end = this.#offset + word.length;
    return this.text.slice(this.#offset, end).toLowerCase() === word && this.#passWord(end);
  }

  /** Passes `word`, in this case, if it stands here as a word of its own. */
  takeOperator(word: string): boolean {
    return this.text.startsWith(word, this.#offset) && this.#passWord(this.#offset + word.length);
  }

  /** What `pattern` (sticky) finds here. */
  peek(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#offset;
    return pattern.exec(this.text) ?? undefined;
  }

  /** What `pattern` (sticky) finds here, and passes it. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    const found = this.peek(pattern);
    if (found !== undefined) this.#offset += found[0].length;
    return found;
  }

  spanFrom(start: number): Span {
    return { start, end: this.#offset };
  }

  /** Passes `written`, blanks aside; `what` it would be is said if it does not stand here. */
  expect(written: string, what: string): void {
    this.skip();
    if (!this.take(written)) this.failExpecting(what);
  }

  /** Ends the reading of the command; by default because of what stands here. */
  fail(message: string, rule: ComplaintRule = 'syntax', span: Span = this.#here()): never {
    throw new Refusal(rule, span, message);
  }

  /** Ends the reading of the command, as what stands here is not `what`. */
  failExpecting(what: string): never {
    this.skip();
    const { start, end } = this.#here();
    const written = shown(this.text.slice(start, end));
    const found = written.includes('"') ? written : `"${written}"`;
    this.fail(`${what} is expected, not ${end > start ? found : 'the end of the search'}`);
  }

  warn(rule: ComplaintRule, span: Span, message: string): void {
    this.#complain({ severity: 'warning', rule, span, message });
  }

  /** The word here, or the one character that is no word. */
  #here(): Span {
    const start = this.#offset;
    let end = start;
    const stops = character.space | character.pipe | character.parenthesis | character.comma;
    while (end < this.text.length && !isAt(this.text, end, stops)) end++;
    return { start, end: Math.min(this.text.length, Math.max(end, start + 1)) };
  }

  /** Moves to `end` if a word ends there. */
  #passWord(end: number): boolean {
    const ends = character.space | character.pipe | character.parenthesis | character.quote | character.comma;
    if (end < this.text.length && !isAt(this.text, end, ends)) return false;
    this.#offset = end;
    return true;
  }
}
