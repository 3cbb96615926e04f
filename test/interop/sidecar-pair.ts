import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../e2e/free-ports.ts';
import { Program } from '../e2e/process.ts';
import type { Workspace } from '../e2e/workspace.ts';
import { Collector } from './collector.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The two programs of `examples/sidecar/` as they are configured there, but for addresses and directories. */
export class SidecarPair {
  readonly collector: Collector;
  readonly #workspace: Workspace;
  readonly #args: readonly string[];

  private constructor(workspace: Workspace, collector: Collector, args: readonly string[]) {
    this.#workspace = workspace;
    this.collector = collector;
    this.#args = args;
  }

  /** Starts the Collector, which ships what it gets back to `backend`; riskpipe is started by `run`. */
  static async start(binary: string, workspace: Workspace, backend: string): Promise<SidecarPair> {
    const [ours = 0, health = 0] = await freePorts(2);
    const theirs = written(workspace, 'collector.yaml', {
      '127.0.0.1:4319': '127.0.0.1:${env:SINK_PORT}',
      '127.0.0.1:13133': '127.0.0.1:${env:SINK_HEALTH_PORT}',
      '127.0.0.1:14318': `127.0.0.1:${ours}`,
    });
    const collector = await Collector.start(binary, workspace.path('none'), {
      configs: [theirs, 'yaml:service::telemetry::metrics::level: none'],
      environment: () => ({
        AUDIT_LOG: join(workspace.logs, 'audit*.log'),
        BACKEND_ENDPOINT: backend,
        COLLECTOR_STATE: workspace.path('collector-state'),
      }),
    });
    const config = written(workspace, 'riskpipe.yaml', {
      'http://127.0.0.1:4319': collector.endpoint,
      '127.0.0.1:14318': `127.0.0.1:${ours}`,
      'health_check: {}': `health_check: { endpoint: '127.0.0.1:${health}' }`,
      '../../pipelines/detections/*.yaml': workspace.detections().join(', '),
      '../../': root,
    });
    // Tests run side by side, and there is one port for metrics.
    const metrics = 'service.telemetry.metrics.level=none';
    const format = 'service.telemetry.logs.encoding=json';
    return new SidecarPair(workspace, collector, ['--config', config, '--set', metrics, '--set', format]);
  }

  /** riskpipe, once it says that everything is ready. */
  async run(): Promise<Program> {
    const { directory, state } = this.#workspace;
    const program = new Program(this.#args, { directory, environment: { RISKPIPE_STATE: state } });
    await program.ready();
    return program;
  }
}

/** A file of the example in the workspace, with other addresses in it; throws if it does not have one of those. */
function written(workspace: Workspace, name: string, others: Readonly<Record<string, string>>): string {
  const example = readFileSync(join(root, 'examples', 'sidecar', name), 'utf8');
  const text = Object.entries(others).reduce((whole, [from, to]) => {
    if (!whole.includes(from)) throw new Error(`examples/sidecar/${name} no longer has ${from}`);
    return whole.replaceAll(from, () => to);
  }, example);
  return workspace.write(name, text);
}
