import { JsonObject, type Json } from '../../record/json.ts';

/** The value at `path` in the part of an audit event that the apiserver wrote: of equal keys the first counts. */
export function valueAt(event: Json, ...path: readonly string[]): Json | undefined {
  let value: Json | undefined = event;
  for (const key of path) {
    if (!(value instanceof JsonObject)) return undefined;
    value = value.get(key);
  }
  return value;
}

/** The text at `path`; undefined if there is none, an empty one, or something that is no text. */
export function textAt(event: Json, ...path: readonly string[]): string | undefined {
  const value = valueAt(event, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts in the list at `path`; what is no text is left out. */
export function textsAt(event: Json, ...path: readonly string[]): readonly string[] {
  const value = valueAt(event, ...path);
  return Array.isArray(value) ? value.filter((item: Json) => typeof item === 'string') : [];
}
