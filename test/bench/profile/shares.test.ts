import { expect, test } from 'vitest';
import type { CallFrame, ProfileNode } from './cpu-profile.ts';
import { sharesOf } from './shares.ts';
import { stageOf, type Stage } from './stages.ts';

const frame = (functionName: string, url = ''): CallFrame => ({
  functionName,
  url,
  lineNumber: 0,
  columnNumber: 0,
});
const node = (id: number, callFrame: CallFrame, ...children: readonly number[]): ProfileNode => ({
  id,
  callFrame,
  children,
});

for (const [file, stage] of [
  ['src/receivers/file-log/unit-reader.ts', 'read'],
  ['src/detection/scan/scanner.ts', 'scan'],
  ['src/detection/operators/row-of.ts', 'parse'],
  ['src/record/json.ts', 'parse'],
  ['src/detection/operators/aggregation.ts', 'evaluate'],
  ['src/detection/risk/risk-records.ts', 'emit'],
  ['src/store/overlay.ts', 'commit'],
  ['test/bench/bench.ts', undefined],
] as const satisfies readonly (readonly [string, Stage | undefined])[]) {
  test(`${file} is ${stage ?? 'no stage'}`, () => {
    expect(stageOf(frame('f'), { file, line: 1 })).toBe(stage);
  });
}

test('time counts for the function on top, and what is built in for its caller; idle time for nobody', () => {
  const nodes = [
    node(1, frame('(root)'), 2, 5, 6),
    node(2, frame('scan', 'wasm://wasm/1'), 3),
    node(3, frame('memcpy')),
    node(5, frame('(garbage collector)')),
    node(6, frame('(idle)')),
  ];
  const samples = [2, 3, 5, 6, 2];
  // Each sample lasts until the next one: 10 of scan, 20 of memcpy, 30 of garbage collection, 40 idle.
  const timeDeltas = [5, 10, 20, 30, 40];
  const { busyMs, stages, functions } = sharesOf({ nodes, samples, timeDeltas });
  expect(busyMs).toBe(0.06);
  expect(stages).toEqual([
    ['scan', 0.5],
    ['garbage collection', 0.5],
  ]);
  expect(functions.map(([name]) => name)).toEqual([
    '(garbage collector)',
    'memcpy for scan wasm://wasm/1',
    'scan wasm://wasm/1',
  ]);
});

test('an empty profile has no shares', () => {
  expect(sharesOf({ nodes: [], samples: [], timeDeltas: [] })).toEqual({
    busyMs: 0,
    stages: [],
    functions: [],
  });
});
