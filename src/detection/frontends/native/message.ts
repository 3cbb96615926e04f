import type { Message, MessagePart } from '../../plan/message.ts';

/**
 * A message of a native detection: `{column}` is a place, `{{` a brace. `complain` is told of a brace that begins
 * neither; it stays as it is.
 */
export function messageOf(text: string, complain: (token: string) => void): Message {
  const parts: MessagePart[] = [];
  const add = (literal: string): void => {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + literal;
    else if (literal !== '') parts.push(literal);
  };
  for (const [written, column] of text.matchAll(/[^{]+|\{\{|\{([^{}]*)\}|\{/g)) {
    if (column !== undefined && column !== '') parts.push({ column, written });
    else if (written === '{{') add('{');
    else {
      if (written.startsWith('{')) complain(written);
      add(written);
    }
  }
  return parts;
}
