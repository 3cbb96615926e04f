import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { freePorts } from '../e2e/free-ports.ts';
import { recordsOfLines, type Delivered } from '../e2e/otlp-json.ts';
import { until } from '../e2e/until.ts';

const sink = fileURLToPath(new URL('sink.yaml', import.meta.url));

/** What a Collector runs instead of the sink: files, and what they read of the environment. */
interface Setup {
  readonly configs: readonly string[];
  /** Given the address that it is to listen on for OTLP over HTTP. */
  readonly environment: (listen: string) => Readonly<Record<string, string>>;
}

/** A real OpenTelemetry Collector: OTLP over HTTP in; unless it is set up otherwise, a file of OTLP JSON out. */
export class Collector {
  readonly endpoint: string;
  readonly #child: ChildProcess;
  readonly #file: string;
  #said = '';

  private constructor(binary: string, file: string, port: number, healthPort: number, setup: Setup) {
    const listen = `127.0.0.1:${port}`;
    this.endpoint = `http://${listen}`;
    this.#file = file;
    this.#child = spawn(
      binary,
      setup.configs.flatMap((config) => ['--config', config]),
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...process.env,
          SINK_PORT: String(port),
          SINK_HEALTH_PORT: String(healthPort),
          SINK_FILE: file,
          ...setup.environment(listen),
        },
      },
    );
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
  }

  /** Starts `binary`, writing to `file`; it is healthy when this resolves, and stopped when the test is over. */
  static async start(
    binary: string,
    file: string,
    setup: Setup = { configs: [sink], environment: () => ({}) },
  ): Promise<Collector> {
    // It cannot be asked which ports it got.
    const [port, healthPort] = await freePorts(2);
    if (port === undefined || healthPort === undefined) throw new Error('no free port');
    const collector = new Collector(binary, file, port, healthPort, setup);
    onTestFinished(() => collector.#stop());
    let healthy = false;
    const asking = setInterval(() => {
      fetch(`http://127.0.0.1:${healthPort}/`).then(
        ({ ok }) => (healthy = ok),
        () => undefined,
      );
    }, 50);
    try {
      await until(
        () => healthy,
        () => `a healthy Collector; it said:\n${collector.#said}`,
      );
    } finally {
      clearInterval(asking);
    }
    return collector;
  }

  /** At least `count` records, as its file exporter has written them. */
  records(count: number): Promise<readonly Delivered[]> {
    return until(
      () => {
        const text = readFileSync(this.#file, 'utf8');
        // The last line may be half written.
        const records = recordsOfLines(text.slice(0, text.lastIndexOf('\n') + 1));
        return records.length >= count && records;
      },
      () => `${count} records in ${this.#file}; the Collector said:\n${this.#said}`,
    );
  }

  async #stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
  }
}
