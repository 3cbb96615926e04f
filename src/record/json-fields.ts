import { JsonNumber, JsonObject, type Json } from './json.ts';
import { repeatsBelow } from './json-field.ts';

/** A longer name is no field that anybody asks for; it bounds how deep the walk goes. */
const maxName = 1_024;

/**
 * All fields of an event in Splunk's naming, each with its texts: what `fieldTexts` with `marked` finds for each
 * name. In the order in which they first appear. At most `limit` names, and none longer than 1,024 characters.
 */
export function fieldsOf(event: Json, limit: number): Map<string, string[]> {
  const found = new Map<string, string[]>();
  walk(event, '', { repeats: false, root: true }, (name, text) => {
    const texts = found.get(name);
    if (texts !== undefined) texts.push(text);
    else if (found.size < limit) found.set(name, [text]);
  });
  return found;
}

interface Where {
  /** All of equal keys count, not the first alone. */
  readonly repeats: boolean;
  readonly root: boolean;
}

type Emit = (name: string, text: string) => void;

/** Recursion is as deep as a name may be long. */
function walk(value: Json, name: string, { repeats, root }: Where, emit: Emit): void {
  if (name.length > maxName) return;
  if (value === null || typeof value !== 'object') emit(name, String(value));
  else if (value instanceof JsonNumber) emit(name, value.text);
  else if (value instanceof JsonObject) {
    const seen = new Set<string>();
    for (const [index, key] of value.keys.entries()) {
      if (!repeats && seen.has(key)) continue;
      seen.add(key);
      const below = { repeats: repeatsBelow(key, repeats, root), root: false };
      walk(value.values[index] ?? null, root ? key : `${name}.${key}`, below, emit);
    }
  } else for (const item of value) walk(item, `${name}{}`, { repeats, root: false }, emit);
}
