import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { freePorts } from '../e2e/free-ports.ts';
import { recordsOfLines, type Delivered } from '../e2e/otlp-json.ts';
import { until } from '../e2e/until.ts';

const [sink, relayed] = ['sink.yaml', 'relay.yaml'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
) as [string, string];

/** What a Collector runs instead of the sink: files, and what they read of the environment. */
interface Setup {
  readonly configs: readonly string[];
  /** Given the address that it is to listen on for OTLP over HTTP. */
  readonly environment: (listen: string) => Readonly<Record<string, string>>;
}

/** How a Collector hands on what it is sent. */
export interface Relay {
  /** Host and port. */
  readonly to: string;
  readonly by: 'otlp_grpc' | 'otlp_http';
  readonly compression: 'gzip' | 'zstd' | 'none' | 'deflate';
  readonly encoding: 'proto' | 'json';
}

/** A real OpenTelemetry Collector: OTLP in; unless it is set up otherwise, a file of OTLP JSON out. */
export class Collector {
  /** Of OTLP/HTTP. */
  readonly endpoint: string;
  /** Of OTLP/gRPC, which only a sink has. */
  readonly grpcEndpoint: string;
  readonly #binary: string;
  readonly #file: string;
  readonly #ports: readonly number[];
  readonly #setup: Setup;
  #child: ChildProcess | undefined;
  #said = '';

  private constructor(binary: string, file: string, ports: readonly number[], setup: Setup) {
    const [port, grpcPort] = ports;
    this.endpoint = `http://127.0.0.1:${port}`;
    this.grpcEndpoint = `127.0.0.1:${grpcPort}`;
    this.#binary = binary;
    this.#file = file;
    this.#ports = ports;
    this.#setup = setup;
  }

  /** Starts `binary`, writing to `file`; it is healthy when this resolves, and stopped when the test is over. */
  static async start(
    binary: string,
    file: string,
    setup: Setup = { configs: [sink], environment: () => ({}) },
  ): Promise<Collector> {
    // It cannot be asked which ports it got.
    const collector = new Collector(binary, file, await freePorts(3), setup);
    onTestFinished(() => collector.stop());
    await collector.start();
    return collector;
  }

  /** The same, handing on what it is sent. */
  static relay(binary: string, { to, by, compression, encoding }: Relay): Promise<Collector> {
    const environment = {
      RELAY_TO: to,
      RELAY_BY: by,
      RELAY_COMPRESSION: compression,
      RELAY_ENCODING: encoding,
    };
    return Collector.start(binary, '', { configs: [relayed], environment: () => environment });
  }

  /** All that it has said. */
  get said(): string {
    return this.#said;
  }

  /** Starts it, again after a `stop`, on the ports that it had. */
  async start(): Promise<void> {
    const [port, grpcPort, healthPort] = this.#ports;
    const { configs, environment } = this.#setup;
    this.#child = spawn(
      this.#binary,
      configs.flatMap((config) => ['--config', config]),
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...process.env,
          SINK_PORT: String(port),
          SINK_GRPC_PORT: String(grpcPort),
          SINK_HEALTH_PORT: String(healthPort),
          SINK_FILE: this.#file,
          ...environment(`127.0.0.1:${port}`),
        },
      },
    );
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    await until(
      () =>
        fetch(`http://127.0.0.1:${healthPort}/`).then(
          ({ ok }) => ok,
          () => false,
        ),
      () => `a healthy Collector; it said:\n${this.#said}`,
    );
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

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}
