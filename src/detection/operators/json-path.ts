import { JsonNumber, JsonObject, type Json } from '../../record/json.ts';
import { repeatsBelow } from '../../record/json-field.ts';
import { maxTexts } from './calc/bounds.ts';
import { jsonText } from './json-text.ts';

/**
 * What lies at `path` in `json`, in document order: scalars as text, null as `null`, objects and arrays as JSON text.
 * `a.b` is a key in a key, `a{}` every element of an array, `a{0}` the first one (spec/spl.md §2). Keys are matched
 * while walking and never split at dots, and of repeated ones the first counts, both as in `fieldTexts`. At most
 * 10,000 texts (`maxTexts`).
 */
export function pathTexts(json: Json, path: string): readonly string[] {
  const found: string[] = [];
  walk(json, path, { repeats: false, root: true }, found);
  return found;
}

interface Where {
  /** All of equal keys count, not the first alone. */
  readonly repeats: boolean;
  readonly root: boolean;
}

const element = /^\{(\d*)\}/;

/** Recursion is as deep as the path is long. */
function walk(value: Json, rest: string, { repeats, root }: Where, found: string[]): void {
  const [marker, index] = element.exec(rest) ?? [];
  if (marker !== undefined && Array.isArray(value)) {
    const items: readonly Json[] = index === '' ? value : value.slice(Number(index), Number(index) + 1);
    for (const item of items) step(item, rest.slice(marker.length), repeats, found);
  }
  if (!(value instanceof JsonObject)) return;
  const seen = new Set<string>();
  for (const [at, key] of value.keys.entries()) {
    if (!rest.startsWith(key) || (seen.has(key) && !repeats)) continue;
    seen.add(key);
    step(value.value(at), rest.slice(key.length), repeatsBelow(key, repeats, root), found);
  }
}

/** `rest` begins behind a key or an element. */
function step(value: Json, rest: string, repeats: boolean, found: string[]): void {
  if (found.length >= maxTexts) return;
  if (rest === '') found.push(textOf(value));
  else if (rest.startsWith('.')) walk(value, rest.slice(1), { repeats, root: false }, found);
  else if (rest.startsWith('{') && Array.isArray(value)) walk(value, rest, { repeats, root: false }, found);
}

function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (value instanceof JsonNumber) return value.text;
  return jsonText(value);
}
