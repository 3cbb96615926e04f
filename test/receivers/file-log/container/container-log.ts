/** What a container wrote to one of its streams: a line without its end. */
export interface Written {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** How a runtime writes one part of a line; the last one ends it. */
export type WritePart = (stream: Written['stream'], part: string, isLast: boolean) => string;

export const writeCri: WritePart = (stream, part, isLast) =>
  `2026-11-22T13:30:47.487654321Z ${stream} ${isLast ? 'F' : 'P'} ${part}\n`;

export const writeDocker: WritePart = (stream, part, isLast) =>
  `${JSON.stringify({ log: isLast ? `${part}\n` : part, stream, time: '2026-11-22T13:30:47.487654321Z' })}\n`;

/** Plain lines as a container would have written them to standard output, in parts of `size` characters. */
export const wrapped = (lines: readonly string[], size = 16_384, write = writeCri): string =>
  lines.map((text) => partsOf({ stream: 'stdout', text }, size, write).join('')).join('');

/** A line in parts of `size` characters. */
export function partsOf({ stream, text }: Written, size: number, write: WritePart): readonly string[] {
  const parts: string[] = [];
  for (let from = 0; from === 0 || from < text.length; from += size) {
    parts.push(write(stream, text.slice(from, from + size), from + size >= text.length));
  }
  return parts;
}
