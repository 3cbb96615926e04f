import type { Message, MessagePart } from '../../plan/message.ts';

/** A text of Splunk in which `$field$` is a place for a column, whatever its name: `$user.groups{}$` (spec/spl.md §5.3). */
export function messageParts(text: string): Message {
  const parts: MessagePart[] = [];
  let from = 0;
  for (const { 0: written, 1: column = '', index } of text.matchAll(/\$([^\s$]+)\$/g)) {
    if (index > from) parts.push(text.slice(from, index));
    parts.push({ column, written });
    from = index + written.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}
