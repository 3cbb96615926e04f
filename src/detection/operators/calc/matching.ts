import { compileGlob } from '../../../util/glob.ts';
import { compileNetwork } from '../../../util/network.ts';
import type { Calc } from '../../plan/calc.ts';
import { maxText } from './bounds.ts';
import type { CalcBuilder } from './calc-builder.ts';
import { calcTexts } from './calc-texts.ts';
import type { CompiledCalc } from './calc-value.ts';
import { mapTexts } from './each-text.ts';
import { preparedPattern } from './pattern.ts';
import { prepared, type Prepared } from './prepared.ts';
import { parseReplacement, replaceAll } from './replacement.ts';

/** Functions of a text and a pattern: true if any value passes, null if there is none or the pattern is none. */
export const matching = {
  /** Found anywhere in the text, by RE2's syntax. */
  match: ([text, regex], compile) => {
    const pattern = preparedPattern(regex, compile);
    return passing(text, compile, (columns, at) => {
      const found = pattern(columns, at);
      return found && ((value) => found.test(value));
    });
  },
  /** The whole text: `%` is any text, `_` one character, and letter case matters. */
  like: ([text, pattern], compile) =>
    passing(
      text,
      compile,
      prepared(pattern, compile, (like) => compileGlob(globOf(like), false)),
    ),
  cidrmatch: ([network, address], compile) =>
    passing(address, compile, prepared(network, compile, compileNetwork, { what: 'a network' })),
  replace: ([text, regex, replacement], compile) => {
    const value = text && compile(text);
    const pattern = preparedPattern(regex, compile);
    const parts = prepared(replacement, compile, parseReplacement, { longest: maxText });
    return (columns, at) => {
      const found = pattern(columns, at);
      const by = parts(columns, at);
      if (found === undefined || by === undefined) return null;
      return mapTexts(value?.(columns, at) ?? null, (each) => replaceAll(each, found, by));
    };
  },
} as const satisfies Readonly<Record<string, CalcBuilder>>;

function passing(
  subject: Calc | undefined,
  compile: (calc: Calc) => CompiledCalc,
  test: Prepared<(text: string) => boolean>,
): CompiledCalc {
  const value = subject && compile(subject);
  return (columns, at) => {
    const texts = calcTexts(value?.(columns, at) ?? null);
    const passes = test(columns, at);
    return passes === undefined || texts.length === 0 ? null : texts.some((text) => passes(text));
  };
}

/** A pattern of `like` in the words of `compileGlob`. */
const globOf = (like: string): string =>
  like
    .replaceAll(/[*?\\]/g, '\\$&')
    .replaceAll('%', '*')
    .replaceAll('_', '?');
