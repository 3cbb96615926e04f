/**
 * The text of a value whose bytes, as the source wrote them and without quotes, lie from `start` to `end`: as the plain
 * path reads it. Undefined if they hold an escape that is none.
 */
export function valueText(bytes: Buffer, start: number, end: number): string | undefined {
  const text = bytes.toString('utf8', start, end);
  if (!text.includes('\\')) return text;
  try {
    const value: unknown = JSON.parse(`"${text}"`);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
