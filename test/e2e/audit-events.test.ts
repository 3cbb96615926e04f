import { expect, test } from 'vitest';
import { AuditEvents, deniedLimit, type Line } from './audit-events.ts';

const lines = (seed: number, count: number): readonly Line[] => {
  const events = new AuditEvents(seed, Date.UTC(2026, 3, 12));
  return Array.from({ length: count }, () => events.next());
};

test('a seed determines every byte', () => {
  expect(lines(1, 500)).toEqual(lines(1, 500));
  expect(lines(2, 500)).not.toEqual(lines(1, 500));
});

test('an expectation names the line it is for, and no other', () => {
  const all = lines(3, 5_000);
  const keys = all.flatMap(({ expected }) => expected?.key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((key) => key.startsWith('pull ')).length).toBeGreaterThan(100);
  expect(keys.filter((key) => key.startsWith('denied ')).length).toBeGreaterThan(10);
});

test('a plain count of refusals agrees with what is expected of them', () => {
  const times = new Map<string, number>();
  const crossed: string[] = [];
  for (const { text, expected } of lines(4, 5_000)) {
    const event = JSON.parse(text) as { user: { username: string }; responseStatus: { code: number } };
    const user = event.user.username;
    if (event.responseStatus.code === 403) times.set(user, (times.get(user) ?? 0) + 1);
    if (expected?.key === `denied ${user}`) crossed.push(user);
  }
  expect(crossed.toSorted()).toEqual(
    [...times].flatMap(([user, count]) => (count >= deniedLimit ? [user] : [])).toSorted(),
  );
});

test('some lines are written twice, and expected once', () => {
  const all = lines(5, 5_000).map(({ text }) => text);
  expect(new Set(all).size).toBeLessThan(all.length);
});
