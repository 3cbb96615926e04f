import { beforeEach, expect, test } from 'vitest';
import { SharedWork } from '../../src/pipeline/shared-work.ts';
import type { UnitOfWork } from '../../src/pipeline/unit-of-work.ts';
import { TestHost } from './test-host.ts';

/** Notes which items share a unit of work. */
class Scene {
  readonly host = new TestHost();
  readonly units: string[][] = [];
  readonly shared = new SharedWork<string>(this.host, (item, work) => this.#consume(item, work));
  /** Fails the unit of work that consumes it. */
  poison = '';
  /** Fills the unit of work that consumes it. */
  filling = '';
  #last: UnitOfWork | undefined;

  /** How each of the items came out, which are added at once. */
  async outcomes(...items: readonly string[]): Promise<readonly string[]> {
    const all = await Promise.allSettled(items.map((item) => this.shared.add(item, 1)));
    return all.map((one) => (one.status === 'fulfilled' ? 'stored' : String(one.reason)));
  }

  get stored(): readonly string[] {
    return this.host.store.scan('items').map(([item]) => item);
  }

  async #consume(item: string, work: UnitOfWork): Promise<void> {
    if (this.#last !== work) this.units.push([]);
    this.#last = work;
    this.units.at(-1)?.push(item);
    if (item === this.poison) throw new Error(`${item} is bad`);
    if (item === this.filling) work.fill();
    work.state.put('items', item, true);
  }
}

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});

test('what is added at once shares a unit of work, in its order', async () => {
  expect(await scene.outcomes('a', 'b', 'c')).toEqual(['stored', 'stored', 'stored']);
  expect(scene.units).toEqual([['a', 'b', 'c']]);
  expect(await scene.outcomes('d')).toEqual(['stored']);
  expect(scene.stored).toEqual(['a', 'b', 'c', 'd']);
});

test('what comes during a commit goes into the next unit of work together', async () => {
  let later: Promise<readonly string[]> | undefined;
  const work = scene.host.work.bind(scene.host);
  scene.host.work = async (run) => {
    const result = await work(run);
    later ??= scene.outcomes('b', 'c');
    return result;
  };
  expect(await scene.outcomes('a')).toEqual(['stored']);
  expect(await later).toEqual(['stored', 'stored']);
  expect(scene.units).toEqual([['a'], ['b', 'c']]);
});

test('a unit of work that is full takes no more', async () => {
  scene.filling = 'b';
  await scene.outcomes('a', 'b', 'c', 'd');
  expect(scene.units).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('one that cannot be consumed fails nobody else', async () => {
  scene.poison = 'b';
  expect(await scene.outcomes('a', 'b', 'c')).toEqual(['stored', 'Error: b is bad', 'stored']);
  expect(scene.stored).toEqual(['a', 'c']);
});

test('a commit that fails is tried once more for each, and what fails alone is told so', async () => {
  scene.host.failingCommits = 2;
  const [first, second] = await scene.outcomes('a', 'b');
  expect([first, second]).toEqual(['Error: ENOSPC: no space left on device', 'stored']);
  expect(scene.stored).toEqual(['b']);
});

test('a host that opens no unit of work fails each item, and takes later ones', async () => {
  const work = scene.host.work.bind(scene.host);
  scene.host.work = () => Promise.reject(new Error('the store is closed'));
  const closed = 'Error: the store is closed';
  expect(await scene.outcomes('a', 'b')).toEqual([closed, closed]);
  scene.host.work = work;
  expect(await scene.outcomes('c')).toEqual(['stored']);
});

test('there is room again once what waits is durable, or has failed', async () => {
  await scene.shared.room();
  scene.poison = 'large';
  const large = scene.shared.add('large', 2 ** 30);
  let hasRoom = false;
  const room = scene.shared.room().then(() => (hasRoom = true));
  await Promise.resolve();
  expect(hasRoom).toBe(false);
  await expect(large).rejects.toThrow('large is bad');
  await room;
});
