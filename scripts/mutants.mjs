// Removes one safeguard at a time from a copy of the sources and runs the tests that are there for it: every such mutant
// has to be caught, or the tests do not see what they say they see (spec/reliability.md §3.2 D6). Prints a table; ends
// with 1 if a mutant survived or could not be made. `node scripts/mutants.mjs guard id` tries only those.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const seeds = 'test/simulation/seeds.test.ts';
const operations = 'test/simulation/file-operations.test.ts';

/** Each takes a safeguard out: `text` of `file` becomes `instead`. `text` stands in the file exactly once. */
const mutants = [
  {
    name: 'sync',
    file: 'src/store/lean-level.ts',
    text: 'sync: true',
    instead: 'sync: false',
    tests: ['test/simulation/synced-commit.test.ts'],
  },
  {
    name: 'transaction',
    file: 'src/service/work.ts',
    text: 'transaction.rollback();',
    instead: 'await transaction.commit();',
    tests: ['test/service/work.test.ts', seeds],
  },
  {
    name: 'commit before effects',
    file: 'src/service/work.ts',
    text: 'await transaction.commit();',
    instead: 'await transaction.commit().catch(() => {});',
    tests: ['test/service/work.test.ts', seeds],
  },
  {
    name: 'guard',
    file: 'src/receivers/file-log/followed-file.ts',
    text: /if \(!guardHolds\([^\n]*\)\) /,
    instead: 'if (guardHolds.length > 9) ',
    tests: [operations],
  },
  {
    name: 'evidence',
    file: 'src/receivers/file-log/claim-position.ts',
    text: /(?<=&& )evidenceHolds\([^)]*\)/,
    instead: 'evidenceHolds.length < 9',
    tests: [
      operations,
      seeds,
      'test/receivers/file-log/tailing.test.ts',
      'test/receivers/file-log/lost-bytes.test.ts',
    ],
  },
  {
    name: 'id',
    file: 'src/detection/risk/record-uid.ts',
    text: '...keys,',
    instead: '...keys.slice(0, 0), String(finding.time ?? Date.now()),',
    tests: [seeds, 'test/detection/risk'],
  },
  {
    name: 'checksum',
    file: 'src/store/level-row.ts',
    text: 'if (row.slice(0, 8) !== checksum(key, json)) {',
    instead: 'if (row.length < 8) {',
    tests: ['test/store'],
  },
  {
    name: 'census',
    file: 'src/store/level-load.ts',
    text: 'if (difference !== undefined) ',
    instead: 'if (difference === "") ',
    tests: ['test/store'],
  },
  {
    name: 'lock',
    file: 'src/store/instance-lock.ts',
    text: "if (openError(place, error).reason === 'locked') throw error;",
    instead: "if (openError(place, error).reason === 'locked') return db;",
    tests: ['test/store/instance-lock.test.ts', 'test/store/level.test.ts'],
  },
  {
    name: 'unknown outcome',
    file: 'src/pipeline/outbox/sender.ts',
    text: 'return this.#wait(host, outcome);',
    instead: 'return this.#delivered(host, lane, segment);',
    tests: [seeds],
  },
  {
    name: 'bisection',
    file: 'src/pipeline/outbox/sender.ts',
    text: 'if (lane.bisect(outcome.at)) return',
    instead: 'if (lane.bisect(outcome.at) && segment.rows.length < 0) return',
    tests: [seeds, 'test/pipeline'],
  },
  {
    name: 'dead letters',
    file: 'src/pipeline/outbox/ledger.ts',
    text: 'work.state.enqueue(this.#queues.dead,',
    instead: 'if (status === -1) work.state.enqueue(this.#queues.dead,',
    tests: [seeds, 'test/pipeline'],
  },
  {
    name: 'partial line',
    file: 'src/receivers/file-log/frames.ts',
    text: 'bytes.lastIndexOf(10) + 1',
    instead: 'bytes.length',
    tests: [seeds, 'test/receivers/file-log/frames.test.ts'],
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !mutants.some((mutant) => mutant.name === name));
if (unknown.length > 0) {
  const named = unknown.map((name) => `"${name}"`).join(', ');
  console.error(
    `no mutant is called ${named}; there are ${mutants.map(({ name }) => `"${name}"`).join(', ')}`,
  );
  process.exit(2);
}
const chosen = mutants.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const copy = mkdtempSync(join(tmpdir(), 'riskpipe-mutants-'));
const rows = [['mutant', 'result', 'seconds']];
try {
  for (const part of ['src', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests))];
  if (!passes(tests)) throw new Error('the tests fail without any mutant: mend that first');
  for (const mutant of chosen) rows.push(tried(mutant));
} finally {
  rmSync(copy, { recursive: true, force: true });
}
for (const [name = '', result = '', seconds = ''] of rows) {
  console.log(`${name.padEnd(24)}${result.padEnd(24)}${seconds.padStart(8)}`);
}
if (rows.slice(1).some(([, result]) => result !== 'caught')) process.exitCode = 1;

/** @param {typeof mutants[number]} mutant */
function tried({ name, file, text, instead, tests }) {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(text).length !== 2) return [name, 'no longer applies', ''];
  const begin = performance.now();
  writeFileSync(path, source.replace(text, instead));
  const survived = passes(tests);
  writeFileSync(path, source);
  const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
  return [name, survived ? 'SURVIVED' : 'caught', seconds];
}

/** @param {readonly string[]} tests */
function passes(tests) {
  const env = { ...process.env, RISKPIPE_SIM_SEEDS: '60', CI: 'true' };
  // A mutant may go round for ever, and then no signal but this one ends it and its workers.
  const patience = ['-s', 'KILL', '180'];
  const { status } = spawnSync('timeout', [...patience, 'npx', 'vitest', 'run', '--bail', '1', ...tests], {
    cwd: copy,
    env,
    stdio: 'ignore',
  });
  return status === 0;
}
