import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LevelStore } from '../../src/store/level.ts';
import { StoreError, type Store } from '../../src/store/store.ts';
import { seeded } from '../e2e/random.ts';
import { Workspace } from '../e2e/workspace.ts';
import { damages } from './damage.ts';
import { faultTest } from './fault-test.ts';
import { seed, size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';

const trials = size('DAMAGES', 1_000);
const commits = 60;
const queue = 'outbox/otlp_http';

/**
 * A damaged store must not open, or hold all that was written. Only of a log without its end may it make an earlier
 * commit: that is what a power cut leaves of a commit that nobody was told of, and nothing in the log tells the two
 * apart. It must never hold a mixture, and never open as if it were new.
 */
faultTest(
  `K15: the store's files are cut, zeroed, replaced, ${trials} times`,
  { timeoutMs: 60_000 + trials * 500 },
  async (verdict) => {
    const random = seeded(seed);
    const workspace = new Workspace();
    const whole = workspace.path('whole');
    const states = await written(whole);
    const files = readdirSync(whole).filter((name) => /^(MANIFEST|CURRENT|\d)/.test(name));
    const outcomes = { refused: 0, latest: 0, earlier: 0 };
    for (let trial = 0; trial < trials; trial++) {
      const damaged = workspace.path('damaged');
      cpSync(whole, damaged, { recursive: true });
      const name = files[Math.floor(random() * files.length)] ?? '';
      const damage = damages[trial % damages.length] ?? damages[0];
      damage.strike(join(damaged, name), random);
      const found = await contentOf(damaged);
      verdict.fired++;
      if (found === undefined) outcomes.refused++;
      else if (found === states.at(-1)) outcomes.latest++;
      else if (damage.leavesBeginning && states.indexOf(found) > 0) outcomes.earlier++;
      else if (found === states[0])
        verdict.lost.push(`trial ${trial}: ${name} ${damage.name}: it opened as if it were new`);
      else verdict.wrong.push(`trial ${trial}: ${name} ${damage.name}: it opened with what it never held`);
      rmSync(damaged, { recursive: true });
    }
    process.stdout.write(`K15: ${JSON.stringify(outcomes)}\n`);
    if (outcomes.refused === 0) verdict.wrong.push('no damage was noticed');
  },
);

for (const damage of damages) {
  faultTest(`K15: the program on a store of which a file was ${damage.name}`, {}, async (verdict) => {
    const scene = await LiveScene.begin();
    const { state } = scene.workspace;
    const program = await scene.ready();
    scene.writer.write(200);
    await scene.complete(program);
    program.signal('SIGTERM');
    await program.ended();
    const manifest =
      readdirSync(state, { recursive: true, encoding: 'utf8' }).find((path) => path.includes('MANIFEST')) ??
      '';
    damage.strike(join(state, manifest), seeded(seed));
    const bytes = existsSync(join(state, manifest)) ? readFileSync(join(state, manifest)) : undefined;
    const second = scene.start();
    const exit = await second.ended();
    verdict.fired++;
    if (exit !== 4) verdict.wrong.push(`it ended with ${exit}, not 4: ${second.stderr.slice(-500)}`);
    if (!second.stderr.includes(state)) verdict.wrong.push(`it does not say which store: ${second.stderr}`);
    if (bytes !== undefined && !keepsBytes(scene.workspace.directory, manifest, bytes))
      verdict.lost.push('the damaged original is gone');
  });
}

/** Makes a store of many commits, each of which changes every kind of row; what it held after each. */
async function written(directory: string): Promise<readonly string[]> {
  mkdirSync(directory);
  const store = await LevelStore.open(directory);
  const states: string[] = [await heldBy(store)];
  for (let commit = 0; commit < commits; commit++) {
    const transaction = store.begin();
    transaction.put('position/file_log', 'file', commit);
    transaction.put('counter/file_log', 'lines', commit * 100);
    transaction.put('window/many/0', `user-${commit % 7}`, { count: commit, filler: 'x'.repeat(300) });
    transaction.enqueue(queue, `record ${commit} ${'y'.repeat(2_000)}`);
    if (commit % 3 === 2) {
      for (const { number } of await store.peek(queue, 0, 1)) transaction.dequeue(queue, number);
    }
    await transaction.commit();
    states.push(await heldBy(store));
  }
  await store.close();
  return states;
}

async function contentOf(directory: string): Promise<string | undefined> {
  let store: LevelStore | undefined;
  try {
    store = await LevelStore.open(directory);
    return await heldBy(store);
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  } finally {
    await store?.close();
  }
}

/** Everything a store holds, as one text. */
async function heldBy(store: Store): Promise<string> {
  const tables = ['position/', 'counter/', 'window/'].flatMap((kind) => store.tables(kind));
  return JSON.stringify([
    tables.map((table) => [table, store.scan(table)]),
    await store.peek(queue, 0, 1_000),
  ]);
}

/** Whether a file of that name with these bytes is somewhere below `directory`. */
function keepsBytes(directory: string, name: string, bytes: Buffer): boolean {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(name))
    .some((path) => readFileSync(join(directory, path)).equals(bytes));
}
