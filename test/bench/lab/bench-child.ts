import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../e2e/until.ts';
import { benchProgram } from './folders.ts';

/** A program of the benchmark that runs beside us and tells us things: objects, each with the keys that it has. */
export class BenchChild {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';
  readonly #messages: object[] = [];

  constructor(name: Parameters<typeof benchProgram>[0], ...args: readonly string[]) {
    this.#name = name;
    this.#child = fork(benchProgram(name), args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#ended = once(this.#child, 'exit');
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    this.#child.on('message', (message) => {
      if (typeof message === 'object' && message !== null) this.#messages.push(message);
    });
  }

  /** Everything that it told under `key`, so far. */
  all(key: string): readonly unknown[] {
    return this.#messages.flatMap((message) => (key in message ? [Reflect.get(message, key)] : []));
  }

  /** The first thing that it tells under `key`. Throws if it ends without, or takes too long. */
  async told(key: string, deadlineMs?: number): Promise<unknown> {
    const found = await until(
      () => {
        const [value] = this.all(key);
        if (value === undefined && this.#child.exitCode !== null) {
          throw new Error(`the program "${this.#name}" ended with ${this.#child.exitCode}: ${this.#said}`);
        }
        return value === undefined ? undefined : { value };
      },
      () => `"${key}" of the program "${this.#name}"; it said: ${this.#said}`,
      deadlineMs,
    );
    return found.value;
  }

  tell(message: object): void {
    this.#child.send(message);
  }

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
