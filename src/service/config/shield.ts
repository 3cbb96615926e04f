// In flow collections YAML takes these for its own, so `[${env:FILES}]` would be no list of one text. They are
// swapped for noncharacters, one for one so that columns stay, while YAML is read.
const indicators = '{}[],';
const standIns = '\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4';

/** YAML text in which no `${...}` can be taken for a flow collection. Undone by `unshield` on each scalar. */
export function shield(text: string): string {
  // A text that already holds a stand-in could not be told apart; it is read as plain YAML.
  if (/[\ufdd0-\ufdd4]/.test(text)) return text;
  let shielded = '';
  let from = 0;
  for (const { start, end } of references(text)) {
    shielded += text.slice(from, start) + swap(text.slice(start, end), indicators, standIns);
    from = end;
  }
  return shielded + text.slice(from);
}

/** The text as it was before `shield`. */
export function unshield(text: string): string {
  return /[\ufdd0-\ufdd4]/.test(text) ? swap(text, standIns, indicators) : text;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Every outermost `${...}` that is closed on its line, in order. */
function references(text: string): Span[] {
  const found: Span[] = [];
  let open: number[] = [];
  for (const { 0: token, index } of text.matchAll(/\$\{|\}|\n/g)) {
    if (token === '\n') open = [];
    else if (token === '${') open.push(index);
    else {
      const start = open.pop();
      if (start === undefined) continue;
      while ((found.at(-1)?.start ?? -1) > start) found.pop();
      found.push({ start, end: index + 1 });
    }
  }
  return found;
}

function swap(text: string, from: string, to: string): string {
  return text.replace(/[{}[\],\ufdd0-\ufdd4]/g, (char) => to[from.indexOf(char)] ?? char);
}
