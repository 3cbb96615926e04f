import { JsonNumber, JsonObject, type Json } from './json.ts';

/**
 * The texts that the field `name` has in `event`, in document order; none if it has no such field.
 *
 * Naming as in Splunk (design §5): objects join with `.`, keys are matched as they stand while walking, never split
 * at dots. `marked`: elements of arrays are `name{}`, null is the text `null`. `hidden`: arrays are walked through
 * unseen, null is no value. Numbers are their source text, booleans `true` and `false`.
 *
 * Of repeated keys in one object the first counts. So it is with different keys that spell the same name, as `a.b` and
 * `a` with `b` in it do: the first that has a value for it, or an object that might, counts alone. But inside
 * `requestObject` and `responseObject`, which hold what a client sent, all count: an event must not be able to hide a
 * value behind another.
 */
export function fieldTexts(event: Json, name: string, arrays: 'marked' | 'hidden'): string[] {
  const found: string[] = [];
  walk(event, name, arrays === 'hidden', false, true, found);
  return found;
}

const clientWritten = new Set(['requestObject', 'responseObject']);

/** Whether all of equal keys count below `key`: `repeats` if they do beside it, `root` if it is a key of the event. */
export const repeatsBelow = (key: string, repeats: boolean, root: boolean): boolean =>
  repeats || (root && clientWritten.has(key));

/** Walks down along `rest`, what is left of the name; recursion is as deep as the name is long. */
function walk(
  value: Json,
  rest: string,
  hidden: boolean,
  repeats: boolean,
  root: boolean,
  found: string[],
): void {
  if (Array.isArray(value)) {
    if (hidden) for (const item of flat(value)) walk(item, rest, hidden, repeats, false, found);
    else if (rest.startsWith('{}')) elements(value, rest.slice(2), repeats, found);
    return;
  }
  if (!(value instanceof JsonObject)) return;
  const { keys } = value;
  for (const { index, behind, below } of value.leadsTo(rest)) {
    const key = keys[index] as string;
    if (!repeats && keys.indexOf(key) < index) continue;
    const item = value.value(index);
    const inside = repeatsBelow(key, repeats, root);
    const before = found.length;
    if (behind === '') leaf(item, hidden, found);
    else if (!hidden && Array.isArray(item)) walk(item, behind, false, inside, false, found);
    else if (below !== undefined) walk(item, below, hidden, inside, false, found);
    else continue;
    const leadsOn = below !== undefined && item instanceof JsonObject;
    if (!repeats && (leadsOn || found.length > before)) return;
  }
}

function elements(array: readonly Json[], behind: string, repeats: boolean, found: string[]): void {
  for (const item of array) {
    if (behind === '') leaf(item, false, found);
    else if (Array.isArray(item)) walk(item, behind, false, repeats, false, found);
    else if (behind.startsWith('.')) walk(item, behind.slice(1), false, repeats, false, found);
  }
}

function leaf(value: Json, hidden: boolean, found: string[]): void {
  if (typeof value === 'string') found.push(value);
  else if (typeof value === 'boolean') found.push(String(value));
  else if (value instanceof JsonNumber) found.push(value.text);
  else if (value === null) {
    if (!hidden) found.push('null');
  } else if (hidden && Array.isArray(value)) for (const item of flat(value)) leaf(item, hidden, found);
}

/** The elements of an array and of the arrays in it, whatever their depth. */
function flat(array: readonly Json[]): Json[] {
  const items: Json[] = [];
  const todo: Json[] = [...array].reverse();
  for (let item = todo.pop(); item !== undefined; item = todo.pop()) {
    if (Array.isArray(item)) for (let index = item.length; index-- > 0;) todo.push(item[index] as Json);
    else items.push(item);
  }
  return items;
}
