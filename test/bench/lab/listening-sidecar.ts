import { rmSync } from 'node:fs';
import type { Protocol } from '../load/load.ts';
import { configFile } from './contestants.ts';
import type { DetectionSet } from './detection-sets.ts';
import type { Lab } from './lab.ts';
import type { PipelineWishes } from './pipeline-config.ts';
import type { RunningProgram } from './running-program.ts';
import { startSidecar } from './sidecar.ts';

/** A sidecar that takes what is sent to `port`, with an empty store of its own on disk. */
export function startListening(
  lab: Lab,
  protocol: Protocol,
  port: number,
  set: DetectionSet,
  exporters?: PipelineWishes['exporters'],
): Promise<RunningProgram> {
  const storedIn = lab.scratch.path('listening-state');
  rmSync(storedIn, { recursive: true, force: true });
  const receivers = receiversFor(protocol, { endpoint: `127.0.0.1:${port}` });
  return startSidecar(
    configFile(lab, 'listening', set, { receivers, storedIn, ...(exporters && { exporters }) }),
  );
}

function receiversFor(protocol: Protocol, listener: object): Readonly<Record<string, object>> {
  switch (protocol) {
    case 'webhook':
      return { kubernetes_audit: listener };
    case 'otlp grpc':
      return { otlp: { protocols: { grpc: listener } } };
    default:
      return { otlp: { protocols: { http: listener } } };
  }
}
