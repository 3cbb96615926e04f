import { hasWildcard } from '../../../plan/wildcard-name.ts';
import type { LookupDefinition } from '../content.ts';
import type { Span, Word } from '../spl/ast.ts';
import type { Complain, ComplaintRule } from '../spl/complaint.ts';

/** What a search is lowered with: what it may refer to, and where complaints go. */
export class Lowering {
  readonly lookups: ReadonlyMap<string, LookupDefinition>;
  readonly #missingLookup: 'error' | 'warning';
  readonly #complain: Complain;
  #failed = false;

  constructor(
    around: {
      readonly lookups: ReadonlyMap<string, LookupDefinition>;
      readonly missingLookup: 'error' | 'warning';
    },
    complain: Complain,
  ) {
    this.lookups = around.lookups;
    this.#missingLookup = around.missingLookup;
    this.#complain = complain;
  }

  /** True once there was an error. */
  get failed(): boolean {
    return this.#failed;
  }

  error(rule: ComplaintRule, { span }: { readonly span: Span }, message: string): void {
    this.#failed = true;
    this.#complain({ severity: 'error', rule, span, message });
  }

  /** A lookup that is not there refuses the search only where it is to run. */
  missingLookup({ span }: { readonly span: Span }, message: string): void {
    if (this.#missingLookup === 'error') this.#failed = true;
    this.#complain({ severity: this.#missingLookup, rule: 'unknown-lookup', span, message });
  }

  /** The name of one field; complains if it has a wildcard. */
  name(word: Word): string {
    if (hasWildcard(word.text)) {
      this.error('bad-value', word, `"${word.text}" has a wildcard where Splunk takes none; name the field`);
    }
    return word.text;
  }

  /** Names of single fields, each there once. */
  names(words: readonly Word[], where: string): readonly string[] {
    const seen = new Set<string>();
    for (const word of words) {
      const name = this.name(word);
      if (seen.has(name)) this.error('bad-value', word, `"${name}" is named twice ${where}; once is enough`);
      seen.add(name);
    }
    return [...seen];
  }
}
