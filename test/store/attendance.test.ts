import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attend, attended } from '../../src/store/attendance.ts';
import { MemoryStore } from '../../src/store/memory.ts';

/** Notes `members` with the counter of all at `amount`. */
async function note(
  store: MemoryStore,
  members: readonly string[],
  amount: number,
  wasThere = false,
): Promise<void> {
  const work = store.begin();
  attend(
    work,
    'scope',
    members,
    () => amount,
    () => wasThere,
  );
  await work.commit();
}

test('who was there before anything was noted saw all, others see what comes after them', async () => {
  const store = new MemoryStore();
  await note(store, ['a'], 100, true);
  await note(store, ['a', 'b'], 150);
  expect(attended(store, 'scope', 'a', 200)).toBe(200);
  expect(attended(store, 'scope', 'b', 200)).toBe(50);
});

test('what comes while a member is away is none of its own', async () => {
  const store = new MemoryStore();
  await note(store, ['a', 'b'], 0);
  await note(store, ['b'], 30);
  expect(attended(store, 'scope', 'a', 90)).toBe(30);
  await note(store, ['a', 'b'], 90);
  expect(attended(store, 'scope', 'a', 100)).toBe(40);
});

test('who was never noted is taken to have seen all', () => {
  expect(attended(new MemoryStore(), 'scope', 'a', 7)).toBe(7);
});

test('a member accounts for exactly what came while it was there, whatever the order of comings and goings', async () => {
  const seen = { there: 0, away: 0 };
  const steps = fc.array(fc.record({ there: fc.boolean(), more: fc.nat(100) }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const store = new MemoryStore();
      let amount = 0;
      let own = 0;
      await note(store, ['other'], amount);
      for (const { there, more } of history) {
        await note(store, there ? ['other', 'a'] : ['other'], amount);
        amount += more;
        if (there) own += more;
        seen[there ? 'there' : 'away']++;
      }
      const came = history.some(({ there }) => there);
      expect(attended(store, 'scope', 'a', amount)).toBe(came ? own : amount);
      expect(attended(store, 'scope', 'other', amount)).toBe(amount);
    }),
    { seed: 41, numRuns: 200 },
  );
  expect(Math.min(seen.there, seen.away)).toBeGreaterThan(100);
});
