/** True if `*` in a name of a column stands for any text. */
export const hasWildcard = (name: string): boolean => name.includes('*');

/** A test of names against one with wildcards; without, against the name itself. Letter case matters. */
export function wildcardName(pattern: string): (name: string) => boolean {
  if (!hasWildcard(pattern)) return (name) => name === pattern;
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop() ?? '';
  return (name) => {
    if (!name.startsWith(head) || !name.endsWith(tail)) return false;
    const end = name.length - tail.length;
    let at = head.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= end;
  };
}
