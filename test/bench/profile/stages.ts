import type { CallFrame } from './cpu-profile.ts';
import type { Place } from './original-places.ts';

/** The stretches of the way from a byte to a record. */
export type Stage =
  'start' | 'read' | 'scan' | 'parse' | 'evaluate' | 'emit' | 'commit' | 'garbage collection' | 'other';

/** Beginnings of paths; the first that fits says the stage. */
const stages: readonly (readonly [beginning: string, stage: Stage])[] = [
  ['src/receivers/', 'read'],
  ['src/record/batch-memory', 'read'],
  ['src/record/line-batch', 'read'],
  ['src/detection/scan/', 'scan'],
  ['src/detection/operators/row', 'parse'],
  ['src/record/', 'parse'],
  ['src/detection/frontends/', 'start'],
  ['src/detection/load', 'start'],
  ['src/service/config/', 'start'],
  ['src/commands/', 'start'],
  ['src/main.ts', 'start'],
  ['src/detection/risk/', 'emit'],
  ['src/detection/kubernetes/', 'emit'],
  ['src/processors/', 'emit'],
  ['src/exporters/', 'emit'],
  ['src/otlp/', 'emit'],
  ['src/pipeline/outbox', 'emit'],
  ['src/detection/', 'evaluate'],
  ['src/store/', 'commit'],
  ['src/pipeline/', 'commit'],
  ['src/service/', 'commit'],
  ['node_modules/', 'start'],
  ['node:internal/modules/', 'start'],
  ['node:internal/bootstrap/', 'start'],
];

/** The stage of a function; undefined for what works for its caller, such as the engine's own functions. */
export function stageOf({ functionName, url }: CallFrame, { file }: Place): Stage | undefined {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url.startsWith('wasm:')) return 'scan';
  return stages.find(([beginning]) => file.startsWith(beginning))?.[1];
}
