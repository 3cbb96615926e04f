import { expect, test } from 'vitest';
import { decodeDeadLetter, encodeDeadLetter } from '../../../src/pipeline/outbox/dead-letter.ts';

test.each([400, undefined])('a dead letter with status %s can be read again', (status) => {
  const letter = { reason: '400: "no"\n', status, at: 1_775_995_200_000_000_001n, record: '{"body":"é"}' };
  expect(decodeDeadLetter(encodeDeadLetter(letter))).toEqual(letter);
});

test('one of a version that kept no status can be read, too', () => {
  expect(decodeDeadLetter('{"reason":"no","at":"1","record":"{}"}')).toEqual({
    reason: 'no',
    status: undefined,
    at: 1n,
    record: '{}',
  });
});
