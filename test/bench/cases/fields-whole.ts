import { rmSync } from 'node:fs';
import type { BenchCase, Contestant } from '../contest.ts';
import { collectorConfig } from '../detections/collector-config.ts';
import { fieldDetections } from '../detections/field-detections.ts';
import { sigmaRule } from '../detections/sigma.ts';
import { Assembly } from '../lab/assembly.ts';
import { runCommand } from '../lab/command.ts';
import { wholeContestant } from '../lab/contestants.ts';
import { fieldSet } from '../lab/detection-sets.ts';
import type { Lab } from '../lab/lab.ts';
import { speed } from '../lab/replay.ts';
import { collector } from '../yardsticks/collector.ts';
import { collectorSeconds } from '../yardsticks/collector-run.ts';
import { allocatorFor, isOldEdition, oldEdition, rsigma } from '../yardsticks/rsigma.ts';
import type { Tool } from '../yardsticks/yardstick.ts';

const own = 'riskpipe, 64 detections, findings written';
const count = 64;

export const fieldsWhole: BenchCase = {
  name: 'fields-whole',
  title: '3. 64 detections over 9 fields, whole process, findings written',
  logs: 'every',
  async prepare(lab) {
    const exporters = { file: { path: lab.scratch.path('findings.jsonl'), append: false } };
    const found = lab.shelf.take(rsigma);
    const isOld = typeof found !== 'string' && isOldEdition(found.version);
    return new Assembly(lab.shelf)
      .add(wholeContestant(lab, own, fieldSet(lab.scratch, count), { exporters }))
      .against(rsigma, (tool) => [rsigmaContestant(lab, tool)])
      .against(collector, (tool) => [collectorContestant(lab, tool)])
      .contest([
        {
          kind: 'ratio',
          of: own,
          to: rsigma.name,
          must: 6,
          aim: 12,
          ...(isOld ? { handicap: oldEdition } : {}),
        },
        { kind: 'ratio', of: own, to: collector.name, must: 30, aim: 60 },
      ]);
  },
};

function rsigmaContestant({ corpus, scratch, cache }: Lab, { path }: Tool): Contestant {
  for (const [index, detection] of fieldDetections(count).entries()) {
    scratch.write(`sigma/${detection.id}.yml`, sigmaRule(detection, index));
  }
  const rules = ['-r', scratch.path('sigma')];
  const formats = ['--input-format', 'json', '--output-format', 'ndjson'];
  const args = ['engine', 'eval', ...rules, ...formats, '-e', `@${corpus.path}`];
  const options = { environment: allocatorFor(cache), quiet: true };
  return {
    name: rsigma.name,
    run: async () => [speed(rsigma.name, corpus.bytes, runCommand(path, args, options).seconds)],
  };
}

function collectorContestant({ corpus, scratch }: Lab, { path }: Tool): Contestant {
  const config = scratch.write('collector.yaml', collectorConfig(fieldDetections(count)));
  const out = scratch.path('collector-findings.jsonl');
  return {
    name: collector.name,
    async run() {
      rmSync(out, { force: true });
      return [speed(collector.name, corpus.bytes, await collectorSeconds(path, config, corpus, out))];
    },
  };
}
