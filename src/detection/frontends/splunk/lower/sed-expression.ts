/** A substitution of `rex mode=sed`, read but not checked. */
export interface SedExpression {
  readonly pattern: string;
  readonly replacement: string;
  /** Which match to replace, from 1; undefined: all. */
  readonly occurrence: number | undefined;
  readonly fold: boolean;
}

/**
 * `s/pattern/replacement/flags` (Search Reference, `rex`): without a flag the first match is replaced, with `g` all,
 * with a number that one; `i` ignores letter case. Any other character may stand for `/`. Or what is wrong with it.
 */
export function sedExpression(written: string): SedExpression | { readonly problem: string } {
  if (written.startsWith('y'))
    return { problem: '"y/../../" is not supported; write "s/../../" or use replace(...)' };
  const separator = written.charAt(1);
  if (!written.startsWith('s') || /^[\w\s\\]?$/.test(separator)) {
    return { problem: 'a sed expression is written s/pattern/replacement/' };
  }
  const [pattern, replacement, flags, ...rest] = parts(written.slice(2), separator);
  if (pattern === undefined || replacement === undefined || flags === undefined || rest.length > 0) {
    return {
      problem: `a sed expression is written s${separator}pattern${separator}replacement${separator}, and once`,
    };
  }
  const [, before, amount, after] = /^([gi]*)([1-9]\d{0,3})?([gi]*)$/.exec(flags) ?? [];
  const letters = `${before ?? '?'}${after ?? ''}`;
  if (letters.includes('?') || (letters.includes('g') && amount !== undefined)) {
    return { problem: `"${flags}" is not supported behind a sed expression; "g", "i" and a number are` };
  }
  const all = letters.includes('g');
  return {
    pattern,
    replacement,
    occurrence: all ? undefined : Number(amount ?? 1),
    fold: letters.includes('i'),
  };
}

/** Split at the separator; behind a backslash it is itself. */
function parts(text: string, separator: string): readonly string[] {
  const found = [''];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === separator) found.push('');
    else {
      const next = text.charAt(at + 1);
      const piece = char !== '\\' ? char : next === separator ? next : char + next;
      if (char === '\\') at++;
      found.push((found.pop() ?? '') + piece);
    }
  }
  return found;
}
