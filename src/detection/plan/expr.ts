import type { FieldRef } from './field.ts';

/**
 * A condition on one row. Two-valued: a test on a field holds if any of the field's values passes; on a missing
 * field it is false, so `not` of it is true.
 */
export type Expr =
  | { readonly kind: 'and' | 'or'; readonly items: readonly Expr[] }
  | { readonly kind: 'not'; readonly item: Expr }
  | { readonly kind: 'test'; readonly field: FieldRef; readonly test: Test };

/** Values are text: numbers as the source wrote them, `true`, `false`. `fold`: letter case does not matter. */
export type Test =
  | { readonly op: 'exists' }
  /** Equal to any of `values`. */
  | { readonly op: 'equals'; readonly values: readonly string[]; readonly fold: boolean }
  /** Matches any of the patterns whole: `*` is any text, `?` one character, `\` takes the next one as it is. */
  | { readonly op: 'glob'; readonly patterns: readonly string[]; readonly fold: boolean }
  | {
      readonly op: 'contains' | 'starts_with' | 'ends_with';
      readonly values: readonly string[];
      readonly fold: boolean;
    }
  /** Found anywhere in the value, by RE2's syntax and rules (re2js). */
  | { readonly op: 'regex'; readonly pattern: string; readonly fold: boolean }
  /** An address inside any of the networks; of the same family only. */
  | { readonly op: 'cidr'; readonly networks: readonly string[] }
  /** Compared as numbers; a value that is no number passes none. */
  | { readonly op: 'compare'; readonly comparison: '<' | '<=' | '>' | '>='; readonly value: number }
  /** As Splunk's `search` compares: as numbers if both sides are, else by UTF-8 bytes. */
  | { readonly op: 'order'; readonly comparison: '<' | '<=' | '>' | '>='; readonly value: string }
  /**
   * Found in the value as whole tokens, case-insensitive unless `fold` is false (spec/spl.md §1.5). `*` is any text; in
   * a `word` not beyond a major breaker, in a `phrase` any. A `term` stands between major breakers.
   */
  | { readonly op: 'word' | 'phrase' | 'term'; readonly text: string; readonly fold: boolean }
  /** A value that `test` does not let pass: `!=` of a search. */
  | { readonly op: 'fails'; readonly test: Test };
