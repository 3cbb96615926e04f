const numeric = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

export const looksNumeric = (text: string): boolean => numeric.test(text);

/** By UTF-8 bytes: below 0, 0 or above, as `sort` wants it. */
export const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** As numbers if both look like numbers, else by bytes (spec/spl.md §1.2). */
export function byNumberOrBytes(a: string, b: string): number {
  return looksNumeric(a) && looksNumeric(b) ? Number(a) - Number(b) : byBytes(a, b);
}

export function holds(operator: '<' | '<=' | '>' | '>=', order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);

/** A regular expression's source for a text in which `*` stands for `star`; everything else is itself. */
export const starSource = (text: string, star: string): string => text.split('*').map(escaped).join(star);

/** Matches the whole value; `*` is any text, letter case as `fold` says (spec/spl.md §1.2, §9: by lower-casing). */
export function globMatches(pattern: string, value: string, fold: boolean): boolean {
  const [wanted, given] = fold ? [pattern.toLowerCase(), value.toLowerCase()] : [pattern, value];
  return new RegExp(`^${starSource(wanted, '.*')}$`, 's').test(given);
}
