import { describe, expect, test } from 'vitest';
import { OtlpError } from '../../src/otlp/otlp-error.ts';
import { beginsPartial, readPartialSuccess } from '../../src/otlp/partial-success.ts';
import { encodeStatus, statusMessage } from '../../src/otlp/status.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('a status', () => {
  test.each([
    ['json', 'application/json; charset=utf-8'],
    ['proto', 'application/x-protobuf'],
  ] as const)('of %s can be read again', (encoding, type) => {
    const message = 'é'.repeat(300);
    expect(statusMessage(encodeStatus(3, message, encoding), type)).toBe(message);
  });

  test.each([
    ['html', 'text/html', '<html>'],
    ['no type', undefined, '{"message":"x"}'],
    ['broken JSON', 'application/json', '{"message":'],
    ['a message that is no text', 'application/json', '{"message":5}'],
    ['JSON without one', 'application/json', '{"code":3}'],
    ['broken protobuf', 'application/x-protobuf', '\u0012\u0005a'],
  ])('is not found in %s', (_, type, body) => {
    expect(statusMessage(bytes(body), type)).toBeUndefined();
  });
});

describe('partial success', () => {
  test.each([
    ['{}', undefined],
    ['', undefined],
    ['{"partialSuccess":{}}', undefined],
    ['{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"m"}}', { rejected: 3n, message: 'm' }],
    ['{"partialSuccess":{"errorMessage":"warning"}}', { rejected: 0n, message: 'warning' }],
  ])('of %s', (text, read) => expect(readPartialSuccess(bytes(text), 'json')).toEqual(read));

  test('of protobuf', () => {
    const partial = Uint8Array.of(0x0a, 5, 0x08, 3, 0x12, 1, 0x6d);
    expect(readPartialSuccess(partial, 'proto')).toEqual({ rejected: 3n, message: 'm' });
    expect(readPartialSuccess(new Uint8Array(), 'proto')).toBeUndefined();
  });

  test.each([
    ['json', '<html>'],
    ['json', '{"partialSuccess":[]}'],
    ['proto', '<html>'],
  ] as const)('is not read from %s %s', (encoding, text) => {
    expect(() => readPartialSuccess(bytes(text), encoding)).toThrow(OtlpError);
  });

  test.each([
    ['json', '{"partialSuccess":{"rejectedLogRecords":"5","errorMessage":"and then', true],
    ['json', '{"partialSuccess":{"rejectedLogRecords":5,"errorMessage":"', true],
    ['json', '{"partialSuccess":{"errorMessage":"nobody knows how many', true],
    ['json', '{"partialSuccess":{"rejectedLogRecords":"0","errorMessage":"', false],
    ['json', '<html>', false],
    ['json', '{"message":"partialSuccess', false],
    ['proto', '\u000a\u0070\u0008\u0001\u0012\u0060x', true],
    ['proto', '\u000a\u0070\u0012\u0060a warning', false],
    ['proto', '<html>', false],
    ['proto', '', false],
  ] as const)('may be what a broken %s answer begins with: %j: %s', (encoding, text, begins) => {
    expect(beginsPartial(bytes(text), encoding)).toBe(begins);
  });
});
