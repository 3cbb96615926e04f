import { JsonNumber, JsonObject, type Json } from '../../../../src/record/json.ts';

/** Canonical text of a JSON value: no blanks, numbers as the source wrote them. */
export function toJsonText(value: Json): string {
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(toJsonText).join(',')}]`;
  if (!(value instanceof JsonObject)) return JSON.stringify(value);
  return `{${value.keys.map((key, index) => `${JSON.stringify(key)}:${toJsonText(value.values[index] ?? null)}`).join(',')}}`;
}
