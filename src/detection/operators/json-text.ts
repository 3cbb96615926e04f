import { JsonNumber, JsonObject, type Json } from '../../record/json.ts';

/** What is still to print: a text as it is, or a value. */
type Piece = { readonly text: string } | { readonly value: Json };

/** A parsed JSON value as compact JSON text, its numbers as the source wrote them; needs no stack, however deep it is. */
export function jsonText(json: Json): string {
  let printed = '';
  const todo: Piece[] = [{ value: json }];
  for (let piece = todo.pop(); piece !== undefined; piece = todo.pop()) {
    if ('text' in piece) printed += piece.text;
    else if (piece.value instanceof JsonObject) pushObject(piece.value, todo);
    else if (Array.isArray(piece.value)) pushArray(piece.value, todo);
    else printed += scalarText(piece.value);
  }
  return printed;
}

const scalarText = (value: Json): string =>
  value instanceof JsonNumber ? value.text : JSON.stringify(value);

/** From the end to the beginning: what is pushed last is printed first. */
function pushObject({ keys, values }: JsonObject, todo: Piece[]): void {
  todo.push({ text: '}' });
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = `${index === 0 ? '' : ','}${JSON.stringify(keys[index])}:`;
    todo.push({ value: values[index] ?? null }, { text: key });
  }
  todo.push({ text: '{' });
}

function pushArray(items: readonly Json[], todo: Piece[]): void {
  todo.push({ text: ']' });
  for (let index = items.length - 1; index >= 0; index--) {
    todo.push({ value: items[index] ?? null });
    if (index > 0) todo.push({ text: ',' });
  }
  todo.push({ text: '[' });
}
