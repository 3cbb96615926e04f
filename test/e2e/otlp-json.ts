import { z } from 'zod';

/** Reads OTLP JSON (opentelemetry-proto, logs.proto) for tests: on its own, so that no code of ours judges itself. */

/** One log record with what stood around it; attributes as plain values, integers as numbers. */
export interface Delivered {
  readonly uid: string;
  readonly eventName: string;
  /** Nanoseconds since 1970, as decimal text. */
  readonly time: string;
  readonly observedTime: string;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly scope: { readonly name: string; readonly version: string };
}

const integer = z.union([z.number(), z.string()]).transform(Number);
const anyValue: z.ZodType = z.lazy(() =>
  z
    .strictObject({
      stringValue: z.string().optional(),
      boolValue: z.boolean().optional(),
      intValue: integer.optional(),
      doubleValue: z.union([z.number(), z.string()]).optional(),
      bytesValue: z.string().optional(),
      arrayValue: z.strictObject({ values: z.array(anyValue).default([]) }).optional(),
      kvlistValue: z.strictObject({ values: keyValues }).optional(),
    })
    .transform(({ arrayValue, kvlistValue, ...scalar }) => {
      if (arrayValue !== undefined) return arrayValue.values;
      if (kvlistValue !== undefined) return kvlistValue.values;
      return Object.values(scalar).find((value) => value !== undefined) ?? null;
    }),
);
const keyValues: z.ZodType<Record<string, unknown>> = z.lazy(() =>
  z
    .array(z.strictObject({ key: z.string(), value: anyValue }))
    .default([])
    .transform((entries) => Object.fromEntries(entries.map(({ key, value }) => [key, value]))),
);

const text = z.string().default('');
const time = z.union([z.string(), z.number()]).default('0').transform(String);
const record = z.object({
  timeUnixNano: time,
  observedTimeUnixNano: time,
  severityNumber: z.number().default(0),
  severityText: text,
  eventName: text,
  body: anyValue.optional(),
  attributes: keyValues,
});
const request = z.object({
  resourceLogs: z
    .array(
      z.object({
        resource: z.object({ attributes: keyValues }).default({ attributes: {} }),
        scopeLogs: z
          .array(
            z.object({
              scope: z.object({ name: text, version: text }).default({ name: '', version: '' }),
              logRecords: z.array(record).default([]),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

/** The records of one ExportLogsServiceRequest, in its order. Throws if `json` is none. */
export function recordsOf(json: string): readonly Delivered[] {
  return request.parse(JSON.parse(json)).resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ scope, logRecords }) =>
      logRecords.map((given) => ({
        uid: textOf(given.attributes['log.record.uid']),
        eventName: given.eventName,
        time: given.timeUnixNano,
        observedTime: given.observedTimeUnixNano,
        severityNumber: given.severityNumber,
        severityText: given.severityText,
        body: given.body,
        attributes: given.attributes,
        resource: resource.attributes,
        scope,
      })),
    ),
  );
}

/** A text attribute; empty if it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The records of a file of one request a line, as the file exporters write it. */
export function recordsOfLines(text: string): readonly Delivered[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap(recordsOf);
}
