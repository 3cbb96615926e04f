import type { DestinationStream } from 'pino';
import { printable } from '../util/printable.ts';

/** Where the log goes: standard error. */
export interface Out {
  readonly fd: number;
  readonly isTTY: boolean;
  write(text: string): unknown;
}

/** What pino writes, a JSON object a line, as a line for people: `12:30:19 warn  file_log  message  key=value`. */
export function consoleStream(out: Out): DestinationStream {
  const coloured = out.isTTY && process.env['NO_COLOR'] === undefined;
  return { write: (line) => void out.write(`${humanLine(line, coloured)}\n`) };
}

/** One line; what it holds of others is made printable. */
export function humanLine(json: string, coloured: boolean): string {
  const { level, time, component, msg, ...detail } = JSON.parse(json) as Record<string, unknown>;
  const word = String(level);
  const colour = coloured ? colours[word] : undefined;
  const mark = colour === undefined ? word.padEnd(5) : `\u001b[${colour}m${word.padEnd(5)}\u001b[39;22m`;
  const details = Object.entries(detail).map(
    ([key, value]) => `  ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${String(time).slice(11, 19)} ${mark} ${String(component).padEnd(10)} ${printable(String(msg) + details.join(''))}`;
}

/** Select graphic rendition (ECMA-48): red, yellow, faint. */
const colours: Readonly<Record<string, number>> = { error: 31, warn: 33, debug: 2 };
