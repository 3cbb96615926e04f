import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GzipMembers } from '../../../../src/receivers/file-log/archive/gzip-members.ts';

/** What `archive` gives when it is fed in pieces of `step` bytes. */
async function unpacked(archive: Buffer, step: number): Promise<{ bytes: Buffer; members: GzipMembers }> {
  const pieces: Buffer[] = [];
  const members = new GzipMembers((bytes) => pieces.push(bytes));
  for (let at = 0; at < archive.length; at += step) await members.feed(archive.subarray(at, at + step));
  members.close();
  return { bytes: Buffer.concat(pieces), members };
}

test('members give what was packed, however they are cut, and whatever lies behind them', async () => {
  const seen = { several: 0, junk: 0, bytewise: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '\0\0\0', 'junk', '\x1f\x8bx'),
      fc.integer({ min: 1, max: 60 }),
      async (texts, junk, step) => {
        seen.several += Number(texts.length > 1);
        seen.junk += Number(junk !== '');
        seen.bytewise += Number(step === 1);
        const packed = texts.map((text) => gzipSync(text));
        const archive = Buffer.concat([...packed, Buffer.from(junk, 'latin1')]);
        const { bytes, members } = await unpacked(archive, step);
        expect(bytes.toString()).toBe(texts.join(''));
        expect(members.end).toEqual(junk === '' ? undefined : { kind: 'whole' });
        if (junk === '') expect(members.isBetween).toBe(true);
      },
    ),
    { seed: 6, numRuns: 60, examples: [[['one', 'two'], 'junk', 1]] },
  );
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
});

test('what was changed after it was packed is damaged', async () => {
  const archive = gzipSync('one\ntwo\n');
  archive[archive.length - 6] = (archive[archive.length - 6] ?? 0) ^ 1;
  const { bytes, members } = await unpacked(archive, archive.length);
  expect(bytes.toString()).toBe('one\ntwo\n');
  expect(members.end).toEqual({ kind: 'damaged', reason: 'its check sum is wrong' });
});

test('what is cut off gives what it can, and has no end', async () => {
  const text = Array.from({ length: 1_000 }, (_, index) => `line ${index * 7919}\n`).join('');
  const archive = gzipSync(text);
  const { bytes, members } = await unpacked(archive.subarray(0, archive.length / 2), 1_000);
  expect(bytes.length).toBeGreaterThan(1_000);
  expect(text.startsWith(bytes.toString())).toBe(true);
  expect([members.end, members.isBetween]).toEqual([undefined, false]);
});
