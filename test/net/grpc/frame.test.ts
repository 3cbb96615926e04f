import { expect, test } from 'vitest';
import { framed, unframed } from '../../../src/net/grpc/frame.ts';
import { decodeStatusText, encodeStatusText } from '../../../src/net/grpc/status-text.ts';

test('a message comes back as it was framed', () => {
  const message = Buffer.from('message');
  expect(unframed(framed(message, true))).toEqual({ message, packed: true });
  expect(unframed(framed(new Uint8Array(), false))).toEqual({ message: Buffer.alloc(0), packed: false });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['half a prefix', Buffer.alloc(4)],
  ['less than was announced', framed(Buffer.from('message'), false).subarray(0, -1)],
  ['two messages', Buffer.concat([framed(Buffer.from('a'), false), framed(Buffer.from('b'), false)])],
  ['an unknown flag', Buffer.from([2, 0, 0, 0, 0])],
])('%s is not one message', (_, bytes) => expect(unframed(bytes)).toBeUndefined());

test.each([
  ['plain words, 100', 'plain words, 100'],
  ['100%', '100%25'],
  ['zwölf\n', 'zw%C3%B6lf%0A'],
  ['lone \ud800', 'lone %EF%BF%BD'],
])('the message %j of a status is sent as %s', (message, sent) => {
  expect(encodeStatusText(message)).toBe(sent);
  expect(decodeStatusText(sent)).toBe(message.replace('\ud800', '\ufffd'));
});

test('a message with broken escapes is shown as it came', () => {
  expect(decodeStatusText('100% of %zz')).toBe('100% of %zz');
});
