import type { Message } from './message.ts';

/** A message as the plain value that stands for it in the canonical text. */
export const messageText = (message: Message): readonly unknown[] =>
  message.map((part) => (typeof part === 'string' ? part : { column: part.column, written: part.written }));
