import { pino, type DestinationStream } from 'pino';
import type { Logger } from '../pipeline/logger.ts';
import { consoleStream } from './console-stream.ts';
import { Repeats } from './repeats.ts';

export interface LogSettings {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** `auto`: `console` on a terminal, `json` elsewhere. */
  readonly encoding: 'auto' | 'console' | 'json';
}

/** The service's own log on standard error: JSON, one object a line, or lines for people. */
export class OwnLog {
  readonly #pino: pino.Logger;
  readonly #repeats = new Repeats(() => performance.now());

  constructor({ level, encoding }: LogSettings, out: NodeJS.WriteStream = process.stderr) {
    const readable = encoding === 'console' || (encoding === 'auto' && out.isTTY);
    const json: DestinationStream = pino.destination({ dest: 2, sync: true });
    const options = {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: levelName },
    };
    this.#pino = pino(options, readable ? consoleStream(out) : json);
  }

  /** The log of one component. Equal messages in a row are rate-limited; errors never are. */
  of(component: string): Logger {
    const say = (level: 'debug' | 'info' | 'warn', message: string, detail: object): void => {
      if (!this.#pino.isLevelEnabled(level)) return;
      const held = this.#repeats.pass(component, message);
      if (held === undefined) return;
      this.#pino[level]({ component, ...detail, ...(held > 0 ? { repeated: held } : {}) }, message);
    };
    return {
      debug: (message, detail = {}) => say('debug', message, detail),
      info: (message, detail = {}) => say('info', message, detail),
      warn: (message, detail = {}) => say('warn', message, detail),
      error: (message, detail = {}) => this.#pino.error({ component, ...detail }, message),
    };
  }
}

const levelName = (label: string): { level: string } => ({ level: label });
