import type { AnyValue } from '@opentelemetry/api-logs';
import type { Attributes, Value } from '../record/value.ts';

/**
 * A value as both serializers write it without loss, and alike (checked against otlp-transformer 0.223).
 *
 * They have no branch for bigint, in JSON write NaN and the infinities as null, and integers from 2^53 on with
 * digits or exponents that no int64 has. Such a number goes as text; a bigint below 2^53 as the integer it is.
 * A lone surrogate has no UTF-8: it becomes U+FFFD here, since JSON would carry it on to readers that fail.
 */
export function wireValue(value: Value): AnyValue {
  switch (typeof value) {
    case 'string':
      return wireText(value);
    case 'number':
      return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
        ? value
        : String(value);
    case 'bigint': {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : value.toString();
    }
    case 'boolean':
      return value;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      return isList(value) ? value.map(wireValue) : wireAttributes(value);
  }
}

/** A map of such values. Keys stay in their order. */
export function wireAttributes(attributes: Attributes): Record<string, AnyValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [wireText(key), wireValue(value)]),
  );
}

/** Text that UTF-8 can hold. */
export function wireText(text: string): string {
  return text.toWellFormed();
}

const isList = (value: readonly Value[] | Attributes): value is readonly Value[] => Array.isArray(value);
