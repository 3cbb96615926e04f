import { JsonNumber, JsonObject, parseJson, type Json } from '../../../record/json.ts';
import { jsonText } from '../json-text.ts';
import { onValues, type CalcBuilder } from './calc-builder.ts';
import { maxTexts } from './bounds.ts';
import type { CalcValue } from './calc-value.ts';
import { textIn } from './conversions.ts';

/**
 * `json_extract(json, path, ...)`: what lies at a path of a JSON text; of several paths an array of what lies at each;
 * without a path all of it. Texts without quotes, numbers as they are written, objects and arrays as JSON text; null for
 * what is not there, for JSON's null, and for a text that is not JSON.
 *
 * A path is keys with dots between them: `a.b`; `a{0}` is the first element of an array, `a{}` all of them, which makes
 * the result an array. Keys that hold dots cannot be named, as in Splunk.
 */
export const jsonFunctions = {
  json_extract: onValues(([value, ...paths]) => {
    const text = textIn(value);
    const json = text === undefined ? undefined : parseJson(text);
    if (json === undefined) return null;
    const found = paths.map((path) => at(json, textIn(path)));
    if (paths.length === 0) return valueOf(json);
    return paths.length === 1 ? valueOf(found[0] ?? null) : jsonText(found);
  }),
} as const satisfies Readonly<Record<string, CalcBuilder>>;

function valueOf(json: Json): CalcValue {
  if (json === null || typeof json === 'string') return json;
  return json instanceof JsonNumber ? json.text : jsonText(json);
}

const step = /\{(\d*)\}|\.?([^.{]+)/y;

/** What lies at a path; null if nothing does, or it is no path. */
function at(json: Json, path: string | undefined): Json {
  if (path === undefined || path === '') return null;
  let found: readonly Json[] = [json];
  let several = false;
  step.lastIndex = 0;
  while (step.lastIndex < path.length) {
    const [, index, key] = step.exec(path) ?? [];
    if (index === undefined && key === undefined) return null;
    several ||= index === '';
    found = found.flatMap((item) => stepInto(item, index, key)).slice(0, maxTexts);
  }
  return several && found.length > 0 ? found : (found[0] ?? null);
}

function stepInto(json: Json, index: string | undefined, key: string | undefined): readonly Json[] {
  if (key !== undefined) {
    const value = json instanceof JsonObject ? json.get(key) : undefined;
    return value === undefined ? [] : [value];
  }
  if (!Array.isArray(json)) return [];
  const items: readonly Json[] = json;
  return index === '' ? items : items.slice(Number(index)).slice(0, 1);
}
