import type { SourceText } from './source-text.ts';

/** A search macro (macros.conf): text that stands for its call. */
export interface Macro {
  readonly name: string;
  /** Names of its arguments; `$name$` in the definition is replaced. */
  readonly args: readonly string[];
  readonly definition: SourceText;
}

/** Macros by `macroKey`: Splunk tells them apart by name and number of arguments (spec/spl.md §1.7). */
export type MacroTable = ReadonlyMap<string, Macro>;

export const macroKey = (name: string, args: number): string => `${name}(${args})`;
