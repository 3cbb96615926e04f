import { JsonNumber, JsonObject, type Json } from '../../../../src/record/json.ts';

/** Values at a location of `spath`: `a.b`, `a{}` (all elements), `a{0}` (one, from 0), `a{}.b` (spec/spl.md §2). */
export function pathValues(json: Json, path: string): readonly Json[] {
  let values: readonly Json[] = [json];
  for (const [, key, index] of path.matchAll(/([^.{}]+)|\{(\d*)\}/g)) {
    values = values.flatMap((value) => {
      if (key !== undefined) {
        const found = value instanceof JsonObject ? value.get(key) : undefined;
        return found === undefined ? [] : [found];
      }
      if (!Array.isArray(value)) return [];
      return index === '' ? value : value.slice(Number(index), Number(index) + 1);
    });
  }
  return values;
}

/** As a column shows it; undefined for an array or an object, whose text nobody has decided. */
export function scalarOf(value: Json): string | undefined {
  if (value instanceof JsonNumber) return value.text;
  return typeof value === 'object' && value !== null ? undefined : String(value);
}
