import { RE2JS, RE2JSSyntaxException } from 're2js';

const maxLength = 4_096;

/** A regular expression of a search, as RE2 takes it; or why it does not. */
export type Re2Pattern =
  { readonly pattern: string; readonly groups: readonly string[] } | { readonly problem: string };

/**
 * Splunk's regular expressions are PCRE's; ours are RE2's, which find the same but take time in proportion to the
 * text alone, and so lack what would need more: lookaround, backreferences, atomic groups, possessive quantifiers.
 * `groups`: names of groups, in order.
 */
export function re2Pattern(written: string): Re2Pattern {
  if (written.length > maxLength) return { problem: `the pattern is longer than ${maxLength} characters` };
  const { pattern, lacking } = translated(written);
  if (lacking !== undefined) {
    return {
      problem: `RE2, which matches here so that no text can make it slow, has no ${lacking}; write the pattern without`,
    };
  }
  try {
    return { pattern, groups: namesOf(RE2JS.compile(pattern)) };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return { problem: `the pattern is not valid (RE2 syntax): ${error.getDescription()}${placeOf(error)}` };
  }
}

const namesOf = (compiled: RE2JS): readonly string[] =>
  Object.entries(compiled.namedGroups())
    .sort(([, a], [, b]) => a - b)
    .map(([name]) => name);

function placeOf(error: RE2JSSyntaxException): string {
  const part = error.getPattern();
  return part ? `, at "${part}"` : '';
}

/** What becomes of a piece of a pattern: it stays, is written otherwise, or cannot be had. */
type Act = 'keep' | { readonly write: string } | { readonly group: true } | { readonly lacking: string };

/** The first piece that fits decides. Escapes and classes are each one piece, so that nothing in them counts. */
const pieces: readonly (readonly [piece: RegExp, act: Act])[] = [
  [/\\Q[\s\S]*?(?:\\E|$)/y, 'keep'],
  [/\\(?:[1-9]|[gk][{<'\d-])/y, { lacking: 'backreferences' }],
  [/\\K/y, { lacking: '"\\K"' }],
  [/\\Z/y, { lacking: '"\\Z"; "\\z" is the end of the text' }],
  [/\\h/y, { write: '[\\t ]' }],
  [/\\[pPx]\{[^}]*\}/y, 'keep'],
  [/\\[\s\S]/y, 'keep'],
  [/\[\^?\]?(?:\\[\s\S]|\[:\^?[a-z]+:\]|[^\]\\])*\]/y, 'keep'],
  [/\(\?#[^)]*\)/y, { write: '' }],
  [/\(\?<?[=!]/y, { lacking: 'lookahead or lookbehind' }],
  [/\(\?>/y, { lacking: 'atomic groups' }],
  [/\(\?\(/y, { lacking: 'conditional groups' }],
  [/\(\?P=/y, { lacking: 'backreferences' }],
  [/\(\?(?:R|[+-]?\d+|&|P>)/y, { lacking: 'recursion' }],
  [/\(\*[A-Z]/y, { lacking: 'verbs such as "(*SKIP)"' }],
  [/\(\?[<'](\w+)[>']/y, { group: true }],
  [/(?:[*+?]|\{\d+(?:,\d*)?\})\+/y, { lacking: 'possessive quantifiers' }],
  [/[\s\S]/y, 'keep'],
];

function translated(written: string): { readonly pattern: string; readonly lacking: string | undefined } {
  let pattern = '';
  for (let at = 0; at < written.length;) {
    const [text, group, act] = pieceAt(written, at);
    if (act === 'keep') pattern += text;
    else if ('lacking' in act) return { pattern, lacking: act.lacking };
    else pattern += 'group' in act ? `(?P<${group}>` : act.write;
    at += text.length;
  }
  return { pattern, lacking: undefined };
}

function pieceAt(written: string, at: number): readonly [text: string, group: string, act: Act] {
  for (const [piece, act] of pieces) {
    piece.lastIndex = at;
    const [text, group = ''] = piece.exec(written) ?? [];
    if (text !== undefined) return [text, group, act];
  }
  return [written.slice(at), '', 'keep'];
}
