/** What the stars of a pattern stand for in a name, in order; undefined if the name does not match. */
export type NamePattern = (name: string) => readonly string[] | undefined;

/**
 * A matcher of whole column names, case-sensitive: `*` is any text, also none. Where several readings fit, each star
 * takes as little as it can, the first one first. Takes time that grows with the name's length, not with its powers.
 */
export function compileNamePattern(pattern: string): NamePattern {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  return (name) => {
    if (tail === undefined) return name === head ? [] : undefined;
    if (!name.startsWith(head) || !name.endsWith(tail)) return undefined;
    const end = name.length - tail.length;
    const captured: string[] = [];
    let from = head.length;
    for (const part of rest) {
      const at = name.indexOf(part, from);
      if (at === -1) return undefined;
      captured.push(name.slice(from, at));
      from = at + part.length;
    }
    if (from > end) return undefined;
    return [...captured, name.slice(from, end)];
  };
}

/** `pattern` with its stars replaced, in order. */
export function fillStars(pattern: string, texts: readonly string[]): string {
  const [head = '', ...rest] = pattern.split('*');
  return rest.reduce((name, part, index) => `${name}${texts[index] ?? ''}${part}`, head);
}
