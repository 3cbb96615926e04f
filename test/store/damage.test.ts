import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LevelStore } from '../../src/store/level.ts';
import { StoreError } from '../../src/store/store.ts';
import { seeded } from '../e2e/random.ts';

/** How often each kind of damage is done; spec/reliability.md asks for 10,000 flips and 1,000 others every night. */
const flips = Number(process.env['RISKPIPE_FLIPS'] ?? 200);
const cuts = Number(process.env['RISKPIPE_CUTS'] ?? 40);

// In memory where there is such a place: thousands of stores are opened, and each syncs its files.
const parent = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'riskpipe-damage-'));
const directory = join(parent, 'store');
/** Copies of stores as three moments leave them: just written, compacted, reopened. */
const originals: { readonly path: string; readonly content: string }[] = [];

beforeAll(async () => {
  const path = join(parent, 'original');
  mkdirSync(path);
  for (const compacted of [false, true, false]) {
    const store = await LevelStore.open(path);
    for (let index = 0; index < 30; index++) await commit(store, index);
    if (compacted) await store.compact();
    if (compacted) await commit(store, 99);
    const content = await contentOf(store);
    await store.close();
    const copy = join(parent, `original-${originals.length}`);
    cpSync(path, copy, { recursive: true });
    originals.push({ path: copy, content });
  }
});
afterAll(() => rmSync(parent, { recursive: true }));

/** One commit as the pipeline makes them: a position and a counter written over, records in and out. */
async function commit(store: LevelStore, index: number): Promise<void> {
  const work = store.begin();
  work.put('position', 'file', { offset: index * 1_000 });
  work.put(`window/x/${index % 5}`, `group ${index}`, { count: index, text: 'x'.repeat(200) });
  work.put('counter/file_log', 'read', index);
  for (let row = 0; row < 3; row++) work.enqueue('outbox/otlp', `record ${index}/${row} ${'y'.repeat(300)}`);
  const [first] = await store.peek('outbox/otlp', 0, 1);
  if (first !== undefined && index % 2 === 0) work.dequeue('outbox/otlp', first.number);
  await work.commit();
}

/** All that a store holds, as a text. */
async function contentOf(store: LevelStore): Promise<string> {
  const tables = ['position', 'counter/file_log', ...store.tables('window/')];
  const state = tables.map((table) => [table, store.scan(table)]);
  return JSON.stringify([state, await store.peek('outbox/otlp', 0, 10_000)]);
}

type Verdict = 'detected' | 'harmless' | 'silent';

/** Opens what `damage` made of a copy. Anything but a `StoreError` is a failure of its own. */
async function judge(original: { path: string; content: string }, damage: () => void): Promise<Verdict> {
  rmSync(directory, { recursive: true, force: true });
  cpSync(original.path, directory, { recursive: true });
  damage();
  let store: LevelStore | undefined;
  try {
    store = await LevelStore.open(directory);
    return (await contentOf(store)) === original.content ? 'harmless' : 'silent';
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return 'detected';
  } finally {
    await store?.close();
  }
}

/** A file of the store, the larger the likelier. */
function pickFile(below: (limit: number) => number): string {
  const files = readdirSync(directory)
    .map((name) => ({ path: join(directory, name), size: statSync(join(directory, name)).size }))
    .filter(({ path, size }) => size > 0 && !path.endsWith('lock'));
  let at = below(files.reduce((sum, { size }) => sum + size, 0));
  for (const { path, size } of files) if ((at -= size) < 0) return path;
  throw new Error('the store has no files');
}

async function campaign(
  seed: number,
  times: number,
  damage: (path: string, below: (limit: number) => number) => void,
): Promise<Record<Verdict, number>> {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const verdicts = { detected: 0, harmless: 0, silent: 0 };
  for (let index = 0; index < times; index++) {
    const original = originals[index % originals.length];
    if (original === undefined) throw new Error('there are no originals');
    verdicts[await judge(original, () => damage(pickFile(below), below))]++;
  }
  return verdicts;
}

test(
  `${flips} flipped bits are each detected or harmless`,
  async () => {
    const verdicts = await campaign(14, flips, (path, below) => {
      const bytes = readFileSync(path);
      const at = below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
      writeFileSync(path, bytes);
    });
    expect(verdicts.silent).toBe(0);
    expect(verdicts.detected).toBeGreaterThan(flips / 4);
    expect(verdicts.harmless).toBeGreaterThan(0);
  },
  30_000 + flips * 50,
);

const kinds: readonly (readonly [
  name: string,
  damage: (bytes: Buffer, below: (limit: number) => number) => Buffer,
])[] = [
  ['cut', (bytes, below) => bytes.subarray(0, below(bytes.length))],
  ['with a page of zeros', (bytes, below) => bytes.fill(0, below(bytes.length), bytes.length)],
  [
    'replaced by a picture',
    (bytes) => Buffer.from(`\u00ff\u00d8\u00ff\u00e0${'JFIF'.repeat(bytes.length / 4)}`, 'latin1'),
  ],
];

test.each(kinds)(
  'a file that is %s is detected or harmless',
  async (_, change) => {
    const verdicts = await campaign(15, cuts, (path, below) =>
      writeFileSync(path, change(readFileSync(path), below)),
    );
    expect(verdicts.silent).toBe(0);
    expect(verdicts.detected).toBeGreaterThan(cuts / 4);
  },
  30_000 + cuts * 50,
);
