/** What a character means to those who read words; combined by `|`. */
export const character = {
  space: 1,
  pipe: 2,
  parenthesis: 4,
  quote: 8,
  comma: 16,
  /** `=`, `<`, `>`, and `!` where `=` follows. */
  operator: 32,
  equals: 64,
} as const;

const classes: ReadonlyMap<number, string> = new Map([
  [character.space, ' \t\n\r\f\v'],
  [character.pipe, '|'],
  [character.parenthesis, '()'],
  [character.quote, '"'],
  [character.comma, ','],
  [character.operator, '=<>!'],
  [character.equals, '='],
]);

const table = new Uint8Array(128);
for (const [bit, chars] of classes) {
  for (const char of chars) {
    const code = char.charCodeAt(0);
    table[code] = (table[code] ?? 0) | bit;
  }
}

/** Whether the character at `at` is of one of `kinds`. */
export function isAt(text: string, at: number, kinds: number): boolean {
  const found = (table[text.charCodeAt(at)] ?? 0) & kinds;
  if (found === 0) return false;
  return found !== character.operator || text[at] !== '!' || text[at + 1] === '=';
}
