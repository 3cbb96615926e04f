import type { Message } from '../plan/message.ts';

/**
 * A message with its places filled: what `textOf` gives for the column, or where that is undefined the place as it is
 * written (spec/spl.md §5.3). `before` is the text in front of the place.
 */
export function filledMessage(
  message: Message,
  textOf: (column: string, before: string) => string | undefined,
): string {
  let filled = '';
  for (const part of message) {
    filled += typeof part === 'string' ? part : (textOf(part.column, filled) ?? part.written);
  }
  return filled;
}
