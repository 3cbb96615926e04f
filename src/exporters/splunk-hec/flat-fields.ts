import { toJson } from '../../record/to-json.ts';
import type { Attributes, Value } from '../../record/value.ts';

/** What HEC takes in `fields`: anything nested makes it refuse the event (its code 15). */
type FlatValue = string | number | boolean | readonly string[];

/** Fields of an event by their names. */
export type FlatFields = Map<string, FlatValue>;

/** What Splunk itself says of an event; a field of that name would speak over it. */
const reserved =
  /^(?:_.*|event|fields|host|index|linecount|punct|source|sourcetype|splunk_server|time|timestamp)$/;

/** True if a field of that name would be taken for one of Splunk's own. */
export const isReserved = (name: string): boolean => reserved.test(name);

/**
 * Adds `attributes` as the Collector's exporter flattens them: a map as `name.key`, a list of scalars as several
 * values, any other list as JSON text. Nulls, empty maps and empty lists are no fields; a name that is Splunk's own
 * becomes `attribute.name`.
 */
export function addAttributes(fields: FlatFields, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    addValue(fields, isReserved(name) ? `attribute.${name}` : name, value);
  }
}

function addValue(fields: FlatFields, name: string, value: Value): void {
  if (isList(value)) {
    const flat = value.flatMap((item) => scalarOf(item) ?? []);
    if (value.some((item) => isList(item) || isMap(item))) fields.set(name, toJson(value));
    else if (flat.length > 0) fields.set(name, flat.map(String));
    return;
  }
  if (isMap(value)) {
    for (const [key, inner] of Object.entries(value)) addValue(fields, `${name}.${key}`, inner);
    return;
  }
  const scalar = scalarOf(value);
  if (scalar !== undefined) fields.set(name, scalar);
}

/** A number that JSON cannot hold exactly goes as text. Undefined for null, lists and maps. */
function scalarOf(value: Value): string | number | boolean | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : String(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    default:
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : undefined;
  }
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export const isMap = (value: Value): value is Attributes =>
  value !== null && typeof value === 'object' && !isList(value) && !(value instanceof Uint8Array);
