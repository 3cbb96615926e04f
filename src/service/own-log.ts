import { pino } from 'pino';
import type { Logger } from '../pipeline/logger.ts';
import { asciiJson } from '../util/ascii-json.ts';
import { consoleStream, type Out } from './console-stream.ts';
import { Repeats, type Level } from './repeats.ts';

export interface LogSettings {
  readonly level: Level;
  /** `auto`: `console` on a terminal, `json` elsewhere. */
  readonly encoding: 'auto' | 'console' | 'json';
}

const settleMs = 1_000;

/** The service's own log on standard error: JSON, one object a line, or lines for people. */
export class OwnLog {
  readonly #pino: pino.Logger;
  readonly #repeats: Repeats;
  readonly #timer: NodeJS.Timeout;

  constructor({ level, encoding }: LogSettings, out: Out = process.stderr) {
    const readable = encoding === 'console' || (encoding === 'auto' && out.isTTY);
    const options = {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: levelName },
    };
    this.#pino = pino(options, readable ? consoleStream(out) : jsonStream(out));
    this.#repeats = new Repeats(
      () => performance.now(),
      ({ level, component, message, count }) =>
        this.#pino[level]({ component }, `${message} ... and ${count} more like it`),
    );
    this.#timer = setInterval(() => this.#repeats.settle(), settleMs).unref();
  }

  /** The log of one component. Equal messages are rate-limited, and those held back counted. */
  of(component: string): Logger {
    const say = (level: Level, message: string, detail: object = {}): void => {
      if (!this.#pino.isLevelEnabled(level) || !this.#repeats.passes(level, component, message)) return;
      this.#pino[level]({ component, ...detail }, message);
    };
    return {
      debug: (message, detail) => say('debug', message, detail),
      info: (message, detail) => say('info', message, detail),
      warn: (message, detail) => say('warn', message, detail),
      error: (message, detail) => say('error', message, detail),
    };
  }

  /** The last thing before the process ends: says how much was held back. */
  end(): void {
    clearInterval(this.#timer);
    this.#repeats.end();
  }
}

/** Lines of ASCII only: names of files and texts of backends are among them. */
function jsonStream({ fd }: Out): pino.DestinationStream {
  const destination = pino.destination({ dest: fd, sync: true });
  return { write: (line) => void destination.write(asciiJson(line)) };
}

const levelName = (label: string): { level: string } => ({ level: label });
