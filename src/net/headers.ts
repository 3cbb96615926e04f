import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';

const value = z.string();
const map = z.record(z.string(), value);
const list = z.array(z.strictObject({ name: z.string(), value }));

/** What the exporter writes itself: another value would describe a body that is not there. */
const own = new Set([
  'content-type',
  'content-encoding',
  'content-length',
  'transfer-encoding',
  'connection',
]);

/** Headers as a map from name to value, whichever way they were written. No message shows a value. */
export const headers = z
  .union([map, list])
  .default({})
  .transform((written, context) => {
    const entries = Array.isArray(written)
      ? written.map((header) => [header.name, header.value] as const)
      : Object.entries(written);
    for (const [index, [name, text]] of entries.entries()) {
      const message = problem(name, text);
      const path = Array.isArray(written) ? [index] : [name];
      if (message !== undefined) context.addIssue({ code: 'custom', path, message });
    }
    return Object.fromEntries(entries);
  });

function problem(name: string, text: string): string | undefined {
  if (own.has(name.toLowerCase())) return `"${name}" is set by the exporter; leave it out`;
  try {
    validateHeaderName(name);
  } catch {
    return `${JSON.stringify(name)} is no name of a header`;
  }
  try {
    validateHeaderValue(name, text);
    return undefined;
  } catch {
    return `the value of "${name}" holds characters that no header may have`;
  }
}
