import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseByteSize } from '../../../src/util/byte-size.ts';
import { syntheticCorpus } from '../corpus/corpus.ts';
import { riskDetection } from '../detections/native.ts';
import { runCommand } from '../lab/command.ts';
import { escuAuditSet, fieldSet, noEscu, seedSet, type DetectionSet } from '../lab/detection-sets.ts';
import { builtProgram, cacheFolder } from '../lab/folders.ts';
import { pipelineConfig } from '../lab/pipeline-config.ts';
import { workersOption } from '../lab/replay.ts';
import { Scratch } from '../lab/scratch.ts';
import type { CpuProfile } from '../profile/cpu-profile.ts';
import { sharesOf, type Shares } from '../profile/shares.ts';

/**
 * `npm run bench:profile -- [--set seed|fields|escu|every] [--size 200M] [--file FILE]`: replays a log under the CPU
 * profiler, on one thread, and says what share of the time each stage and the most expensive functions take.
 */
const shownFunctions = 25;
const intervalMicroseconds = 200;

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'seed' },
    size: { type: 'string', default: '200MB' },
    file: { type: 'string' },
  },
});

const scratch = new Scratch();
try {
  process.stdout.write(`${shareText(profile(values.set))}\n`);
} finally {
  scratch.clear();
}

function profile(set: string): Shares {
  const size = parseByteSize(values.size) ?? parseByteSize(`${values.size}B`);
  if (size === undefined) throw new Error(`--size: "${values.size}" is no size; write one such as 200M`);
  const log = values.file ?? syntheticCorpus(cacheFolder, size).path;
  const config = scratch.write('config.yaml', pipelineConfig({ include: [log], ...setCalled(set) }));
  const profiling = ['--cpu-prof', `--cpu-prof-dir=${scratch.path('profile')}`];
  const interval = `--cpu-prof-interval=${intervalMicroseconds}`;
  const replay = [builtProgram, 'replay', '--config', config, ...workersOption(1)];
  runCommand(process.execPath, [...profiling, interval, ...replay], { quiet: true });
  const [file = ''] = readdirSync(scratch.path('profile'));
  return sharesOf(JSON.parse(readFileSync(scratch.path('profile', file), 'utf8')) as CpuProfile);
}

function setCalled(name: string): DetectionSet {
  const every = (): DetectionSet => ({
    detections: [
      scratch.write('every.yaml', riskDetection('every', { auditID: { exists: true } }, 'auditID')),
    ],
  });
  const sets: Readonly<Record<string, () => DetectionSet | undefined>> = {
    seed: () => seedSet,
    fields: () => fieldSet(scratch, 64),
    escu: escuAuditSet,
    every,
  };
  const make = sets[name];
  if (make === undefined) throw new Error(`--set: "${name}" is none of ${Object.keys(sets).join(', ')}`);
  const set = make();
  if (set === undefined) throw new Error(noEscu);
  return set;
}

function shareText({ busyMs, stages, functions }: Shares): string {
  const line = ([name, share]: readonly [string, number]): string =>
    `${(share * 100).toFixed(1).padStart(6)} %  ${name}`;
  const most = functions.slice(0, shownFunctions);
  return [`${busyMs.toFixed(0)} ms of CPU time`, '', ...stages.map(line), '', ...most.map(line)].join('\n');
}
