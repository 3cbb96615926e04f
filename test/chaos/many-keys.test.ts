import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { recordsOfLines } from '../e2e/otlp-json.ts';
import type { Program } from '../e2e/process.ts';
import { readReport } from '../e2e/report.ts';
import { until } from '../e2e/until.ts';
import { Workspace } from '../e2e/workspace.ts';
import { faultTest } from './fault-test.ts';
import { noticeKind } from './fault-verdict.ts';
import { size } from './knobs.ts';
import { linux } from './needs.ts';
import { peakMemory } from './peak-memory.ts';

const keys = size('KEYS', 1_000_000);
const detections = 10;
const limit = 10;
const mib = 2 ** 20;
/** For the state of all detections, and for everything else of the process. */
const cap = (256 + 160) * mib;

// A flood of users that do not exist fills the groups of every detection. A user who was counted before it is still
// counted, its alert leaves, what found no room is counted together and announced (spec/reliability.md E16).
faultTest(
  `T4, T5: ${keys} keys, then the attack`,
  { needs: [linux], timeoutMs: 1_200_000 },
  async (verdict) => {
    const workspace = new Workspace();
    const log = openSync(`${workspace.logs}/audit.log`, 'a');
    const stamp = new Date().toISOString();
    const refused = (user: string): string =>
      `{"kind":"Event","stage":"ResponseComplete","verb":"get","user":{"username":"${user}"},"responseStatus":{"code":403},"stageTimestamp":"${stamp}"}\n`;
    writeSync(log, refused('mallory').repeat(limit - 1));
    for (let key = 0; key < keys; key += 1_000) {
      const users = Array.from({ length: Math.min(1_000, keys - key) }, (_, index) =>
        refused(`flood-${key + index}`),
      );
      writeSync(log, users.join(''));
    }
    writeSync(log, refused('mallory'));
    closeSync(log);
    const file = workspace.path('out.json');
    const many = JSON.parse(readFileSync(workspace.manyDenied(), 'utf8')) as object;
    const paths = Array.from({ length: detections }, (_, index) =>
      workspace.write(
        `many-${index}.yaml`,
        JSON.stringify({ ...many, detection: `many-${index}`, uuid: undefined }),
      ),
    );
    const config = workspace.configure('', { file, processor: { detections: paths, allowlists: [] } });
    const path = workspace.path('report.json');
    const program = workspace.start(['replay', '--config', config, '--report', path]);
    let peak = 0;
    await until(
      () => {
        if (program.exit === undefined) peak = Math.max(peak, peakOf(program));
        return program.exit !== undefined;
      },
      () => `its end; it said:\n${program.stderr.slice(-2_000)}`,
      1_100_000,
    );
    if (program.exit !== 0)
      throw new Error(`it ended with ${program.exit}:\n${program.stderr.slice(-2_000)}`);
    verdict.fired = keys;
    const records = recordsOfLines(readFileSync(file, 'utf8'));
    const attacks = records.filter(({ body }) => body === 'mallory was refused often').length;
    if (attacks !== detections)
      verdict.lost.push(`${detections - attacks} of ${detections} alerts of the attack`);
    const announced = records.filter((record) => noticeKind(record) === 'groups_overflow').length;
    if (keys > 100_000 && announced !== detections) {
      verdict.wrong.push(`${announced} of ${detections} overflows were announced`);
    }
    verdict.account(readReport(path), keys + limit);
    process.stdout.write(`T4, T5: at most ${Math.round(peak / mib)} MiB\n`);
    if (peak > cap) verdict.wrong.push(`it took ${Math.round(peak / mib)} MiB, more than ${cap / mib}`);
  },
);

/** 0 once the process has ended. */
function peakOf(program: Program): number {
  try {
    return peakMemory(program);
  } catch {
    return 0;
  }
}
