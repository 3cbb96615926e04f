import { z } from 'zod';

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** "16MiB" in bytes; undefined if it is none. */
export function parseByteSize(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const size = units[(unit ?? '').toLowerCase()];
  return amount === undefined || size === undefined ? undefined : Math.floor(Number(amount) * size);
}

/** 46200 as "46.2 kB"; decimal units, for messages. */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const) {
    if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`;
  }
  return `${bytes} B`;
}

/** A size of a configuration file: a number of bytes, or text such as `16MiB`; in bytes once parsed. */
export const byteSize = z
  .union([z.number().int().nonnegative(), z.string()], {
    error: (issue) =>
      `${JSON.stringify(issue.input) ?? 'nothing'} is not a size; write bytes, or a number and kB, KiB, MB, MiB, GB or GiB`,
  })
  .transform((value, context) => {
    const bytes = typeof value === 'number' ? value : parseByteSize(value);
    if (bytes !== undefined) return bytes;
    context.addIssue(`"${value}" is not a size; write bytes, or a number and kB, KiB, MB, MiB, GB or GiB`);
    return z.NEVER;
  })
  .meta({ title: 'size' });
