import { JsonNumber, JsonObject, type Json } from '../../../../src/record/json.ts';

// What a client sent: there repeated keys are all values (design §5).
const clientWritten = new Set(['requestObject', 'responseObject']);

/** Fields of a JSON object as Splunk names them: `a.b`, `arr{}`, `arr{}.x`; null is "null" (spec/spl.md §2). */
export function flatten(event: JsonObject): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  const walk = (value: Json, name: string, repeats: boolean): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, `${name}{}`, repeats);
    else if (value instanceof JsonObject) members(value, name, repeats);
    else
      fields.set(name, [
        ...(fields.get(name) ?? []),
        scalarText(value as string | boolean | null | JsonNumber),
      ]);
  };
  const members = (object: JsonObject, name: string, repeats: boolean): void => {
    for (const [index, key] of object.keys.entries()) {
      if (!repeats && object.keys.indexOf(key) !== index) continue;
      const inside = repeats || (name === '' && clientWritten.has(key));
      walk(object.values[index] ?? null, name === '' ? key : `${name}.${key}`, inside);
    }
  };
  members(event, '', false);
  return fields;
}

const scalarText = (value: string | boolean | null | JsonNumber): string =>
  value instanceof JsonNumber ? value.text : String(value);
