import type { RE2JS } from 're2js';
import { TextBuilder } from './bounds.ts';

/** A text with places for what groups of a match hold: `\1` is the first group, `\0` all of it. */
export type Replacement = readonly (string | number)[];

/** `\` and a digit is a group, `\\` a backslash; before any other character it stands for itself. */
export function parseReplacement(text: string): Replacement {
  const parts = text.matchAll(/\\(\d)|\\(\\)|((?:[^\\]|\\(?![\d\\]))+)/g);
  return Array.from(parts, ([, group, backslash, literal = '']) =>
    group === undefined ? (backslash ?? literal) : Number(group),
  );
}

/**
 * `text` with every match of `pattern` replaced, or with the match number `only` (from 1) alone. A group that took no
 * part, or is not there, is empty.
 */
export function replaceAll(text: string, pattern: RE2JS, replacement: Replacement, only?: number): string {
  const matcher = pattern.matcher(text);
  const groups = matcher.groupCount();
  const replaced = new TextBuilder();
  let from = 0;
  for (let match = 1; !replaced.full && matcher.find(); match++) {
    if (only !== undefined && match !== only) continue;
    replaced.add(text.slice(from, matcher.start()));
    for (const part of replacement) {
      if (typeof part === 'string') replaced.add(part);
      else if (part <= groups) replaced.add(matcher.group(part) ?? '');
    }
    from = matcher.end();
    if (match === only) break;
  }
  replaced.add(text.slice(from));
  return replaced.text;
}
