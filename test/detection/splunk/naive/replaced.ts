/** A text with the matches of a pattern replaced: all of them, or the first. `\1` in the replacement is a group. */
export function replaced(text: string, pattern: string, replacement: string, all: boolean): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(new RegExp(pattern, 'g'))) {
    result += text.slice(from, match.index);
    result += replacement.replaceAll(/\\(\d)/g, (_, digit: string) => match[Number(digit)] ?? '');
    from = match.index + match[0].length;
    if (!all) break;
  }
  return result + text.slice(from);
}
