import type { BenchCase, Contestant } from '../contest.ts';
import { findingDetection, riskDetection, type NativeDetection } from '../detections/native.ts';
import { Assembly } from '../lab/assembly.ts';
import { configFile, steadyContestant } from '../lab/contestants.ts';
import type { DetectionSet } from '../lab/detection-sets.ts';
import type { Lab } from '../lab/lab.ts';
import { passCount, passesOf } from '../lab/replay.ts';
import { benchProgram } from '../lab/folders.ts';
import { steadySeconds } from '../lab/pass.ts';

const some = 'riskpipe, 5 % of lines match';
const none = 'riskpipe, no line matches';
const every = 'riskpipe, every line a risk event';
const found = 'riskpipe, every line a finding without risk';
const anyEvent = { auditID: { exists: true } };

/** One line in twenty of the synthetic log is such a request. */
const podCreation = {
  verb: 'create',
  'objectRef.resource': 'pods',
  'objectRef.subresource': { exists: false },
};
const nowhere = { ...podCreation, 'objectRef.namespace': 'nowhere' };

export const emission: BenchCase = {
  name: 'emission',
  title: '6. Emission of risk events',
  logs: 'synthetic',
  async prepare(lab) {
    return new Assembly(lab.shelf)
      .add(
        steadyContestant(lab, none, set(lab, riskDetection('none', nowhere, 'auditID'))),
        steadyContestant(lab, some, set(lab, riskDetection('some', podCreation, 'auditID'))),
        emitting(lab, every, set(lab, riskDetection('every', anyEvent, 'auditID'))),
        emitting(lab, found, set(lab, findingDetection('found', anyEvent))),
      )
      .contest([
        { kind: 'ratio', of: some, to: none, must: 0.45, aim: 0.6 },
        { kind: 'least', of: every, unit: 'risk events/s', must: 250_000, aim: 380_000 },
      ]);
  },
};

const set = ({ scratch }: Lab, detection: NativeDetection): DetectionSet => ({
  detections: [scratch.write(`${detection.detection}.yaml`, detection)],
});

/** Counts records instead of bytes. */
function emitting(lab: Lab, name: string, set: DetectionSet): Contestant {
  const config = configFile(lab, name, set);
  return {
    name,
    async run() {
      const passes = passesOf(process.execPath, [benchProgram('steady'), config, String(passCount)]);
      const events = passes.at(-1)?.hits ?? 0;
      return [{ name, unit: 'risk events/s', value: events / steadySeconds(passes) }];
    },
  };
}
