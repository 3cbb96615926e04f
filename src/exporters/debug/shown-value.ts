import { toJson } from '../../record/to-json.ts';
import type { Value } from '../../record/value.ts';
import { printable } from '../../util/printable.ts';

/** A value on one line of a terminal: text as it is, a list of texts with commas, anything else as JSON. */
export function shownValue(value: Value): string {
  if (typeof value === 'string') return printable(value);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (isTexts(value)) return printable(value.join(', '));
  return printable(toJson(value));
}

/** The beginning of a text that is only there to be recognised. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function isTexts(value: Value): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item: Value) => typeof item === 'string');
}
