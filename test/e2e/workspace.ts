import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { deniedLimit } from './audit-events.ts';
import { Backend, type AnswerPlan } from './backend.ts';
import type { Owner } from './owner.ts';
import { Program } from './process.ts';
import { readReport, type Report } from './report.ts';

const pipelines = fileURLToPath(new URL('../../pipelines/', import.meta.url));

/** What a test's configuration does differently; each is merged into the component's options. */
export interface Wishes {
  readonly receiver?: object;
  readonly processor?: object;
  readonly exporter?: object;
  readonly service?: object;
  /** Beside the store, by their ids. */
  readonly extensions?: Readonly<Record<string, object>>;
  /** Where state and queue are kept; undefined: in memory. Default: in the workspace. */
  readonly storedIn?: string | undefined;
  /** Instead of `otlp_http`, by their ids. */
  readonly exporters?: Readonly<Record<string, object>>;
  /** Instead of `otlp_http`: the OTLP JSON lines go to this file. */
  readonly file?: string;
}

/** Options of an `otlp_http` that waits for nothing for long, with its queue in the store unless said otherwise. */
export function impatientExporter(endpoint: string, storage: object = { storage: 'file_storage' }): object {
  return {
    endpoint,
    timeout: '5s',
    retry_on_failure: { initial_interval: '20ms', max_interval: '100ms', probe_interval: '100ms' },
    sending_queue: { ...storage, batch: { flush_timeout: '10ms', max_size: 32 } },
  };
}

/** A directory of its own, with logs, state and configuration; gone, with all it runs, when its owner is over. */
export class Workspace {
  readonly directory = mkdtempSync(join(tmpdir(), 'riskpipe-test-'));
  readonly logs = join(this.directory, 'logs');
  readonly state = join(this.directory, 'state');

  readonly #owner: Owner;

  /** `owner`: the test if left out. */
  constructor(owner: Owner = onTestFinished) {
    this.#owner = owner;
    mkdirSync(this.logs);
    owner(() => rmSync(this.directory, { recursive: true, force: true }));
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Writes a file below the directory; its path. */
  write(name: string, text: string | Uint8Array): string {
    const path = this.path(name);
    writeFileSync(path, text);
    return path;
  }

  /** A backend that stops with the workspace. */
  async backend(plan?: AnswerPlan, port?: number): Promise<Backend> {
    const backend = await Backend.start(plan, port);
    this.#owner(() => backend.close());
    return backend;
  }

  /**
   * Writes a configuration: `logs/audit*.log` through the shipped detection and `many-denied` to `endpoint`.
   * JSON is YAML, so no text has to be put together.
   */
  configure(endpoint: string, wishes: Wishes = {}, name = 'config.yaml'): string {
    const { receiver = {}, processor = {}, exporter = {}, service = {}, file, exporters } = wishes;
    const directory = 'storedIn' in wishes ? wishes.storedIn : this.state;
    const stored = directory !== undefined;
    const storage = stored ? { storage: 'file_storage' } : {};
    const store = stored ? { file_storage: { directory, create_directory: true } } : {};
    const extensions = { ...wishes.extensions, ...store };
    const shipping =
      file === undefined
        ? {
            otlp_http: { ...impatientExporter(endpoint, storage), ...exporter },
          }
        : { file: { path: file, ...exporter } };
    return this.write(
      name,
      JSON.stringify({
        receivers: {
          file_log: {
            include: [join(this.logs, 'audit*.log')],
            start_at: 'beginning',
            poll_interval: '50ms',
            ...storage,
            ...receiver,
          },
        },
        processors: {
          detection: {
            detections: this.detections(),
            allowlists: [join(pipelines, 'allowlists', '*.yaml')],
            ...processor,
          },
        },
        exporters: exporters ?? shipping,
        extensions,
        service: {
          extensions: Object.keys(extensions),
          // Tests run side by side, and there is one port.
          telemetry: { logs: { encoding: 'json' }, metrics: { level: 'none' } },
          ...service,
          pipelines: {
            logs: {
              receivers: ['file_log'],
              processors: ['detection'],
              exporters: Object.keys(exporters ?? shipping),
            },
          },
        },
      }),
    );
  }

  /** The detections of a configuration that wishes for no others. */
  detections(): readonly string[] {
    return [join(pipelines, 'detections', '*.yaml'), this.manyDenied()];
  }

  /** The program with these arguments, in the directory, through a command as in `Circumstances`. */
  start(args: readonly string[], through: readonly string[] = []): Program {
    return new Program(args, { directory: this.directory, through, owner: this.#owner });
  }

  /** The running program, once it says that everything is ready. */
  async run(config: string): Promise<Program> {
    const program = this.start(['--config', config]);
    await program.ready();
    return program;
  }

  /** Replays to the end, which has to go well, and gives its report; what it logged is in `log`. */
  async replay(
    config: string,
    through: readonly string[] = [],
  ): Promise<{ readonly report: Report; readonly log: string }> {
    const report = this.path('report.json');
    const program = this.start(['replay', '--config', config, '--report', report], through);
    const exit = await program.ended(60_000);
    if (exit !== 0) throw new Error(`replay ended with ${exit}:\n${program.stderr}`);
    return { report: readReport(report), log: program.stderr };
  }

  /**
   * A threshold over a long window: state that must survive. The day it counts in begins half a day away from now,
   * so that no test runs across its border.
   */
  manyDenied(): string {
    const offset = (new Date().getUTCHours() + 12) % 24;
    return this.write(
      'many-denied.yaml',
      JSON.stringify({
        detection: 'many-denied',
        uuid: '2f0c2a4e-5d8e-4b6a-9a53-0d4f6f7f1c11',
        version: 1,
        status: 'test',
        title: 'Many denied requests',
        description: 'A user is refused often.',
        where: { 'responseStatus.code': 403 },
        window: { every: '24h', offset: `${offset}h`, lateness: '10m' },
        group_by: [{ field: 'user.username', as: 'user' }],
        measures: { count: 'count()' },
        having: { count: { at_least: deniedLimit } },
        emit: 'first',
        risk: {
          message: '{user} was refused often',
          objects: [{ field: 'user', type: 'user', score: 40 }],
        },
      }),
    );
  }
}
