import { JsonNumber, JsonObject, type Json } from './json.ts';
import { repeatsBelow } from './json-field.ts';
import { Spellings } from './json-spellings.ts';

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

type Emit = (name: string, text: string) => unknown;

/** Recursion is as deep as a name may be long. */
function walk(value: Json, name: string, { repeats, root }: Where, emit: Emit): void {
  if (name.length > maxName) return;
  if (value === null || typeof value !== 'object') emit(name, String(value));
  else if (value instanceof JsonNumber) emit(name, value.text);
  else if (value instanceof JsonObject) {
    const seen = new Set<string>();
    const spellings = repeats ? undefined : Spellings.of(value.keys, root ? 0 : name.length + 1);
    for (const [index, key] of value.keys.entries()) {
      if (!repeats && seen.has(key)) continue;
      seen.add(key);
      const below = { repeats: repeatsBelow(key, repeats, root), root: false };
      const own = root ? key : `${name}.${key}`;
      const item = value.value(index);
      walk(item, own, below, spellings ? (to, text) => spellings.counts(index, to) && emit(to, text) : emit);
      if (item instanceof JsonObject) spellings?.close(own);
    }
  } else for (const item of value) walk(item, `${name}{}`, { repeats, root: false }, emit);
}
