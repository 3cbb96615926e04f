import { JsonObject, type Json } from '../../record/json.ts';

/** The value of a key in the part of an audit event that the apiserver wrote: of equal keys the first counts. */
export function valueAt(value: Json | undefined, key: string): Json | undefined {
  return value instanceof JsonObject ? value.get(key) : undefined;
}

/** The text of a key; undefined if there is none, an empty one, or something that is no text. */
export function textAt(value: Json | undefined, key: string): string | undefined {
  const text = valueAt(value, key);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** The texts in the list of a key; what is no text is left out. */
export function textsAt(value: Json | undefined, key: string): readonly string[] {
  const list = valueAt(value, key);
  return Array.isArray(list) ? list.filter((item: Json) => typeof item === 'string') : [];
}
