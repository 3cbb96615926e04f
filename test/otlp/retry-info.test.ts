import { describe, expect, test } from 'vitest';
import { OtlpError } from '../../src/otlp/otlp-error.ts';
import { encodeRetryStatus, retryDelayMs } from '../../src/otlp/retry-info.ts';
import { statusMessage } from '../../src/otlp/status.ts';

describe('a status with RetryInfo', () => {
  test.each([0, 1, 127, 128, 86_400])('of %d s can be read again', (seconds) => {
    const status = encodeRetryStatus(14, 'full', seconds);
    expect(retryDelayMs(status)).toBe(seconds * 1_000);
    expect(statusMessage(status, 'application/x-protobuf')).toBe('full');
  });

  // Fields 1, 2 and 3 of Status; the name and the value of Any; RetryInfo; Duration.
  const type = Buffer.from('type.googleapis.com/google.rpc.RetryInfo').toString('hex');

  test('is laid out as protobuf asks', () => {
    const expected = `080e120466756c6c1a300a28${type}12040a020801`;
    expect(Buffer.from(encodeRetryStatus(14, 'full', 1)).toString('hex')).toBe(expected);
  });

  test('of 1.5 s, which has nanoseconds, is read', () => {
    const status = Buffer.from(`1a360a28${type}120a0a0808011080cab5ee01`, 'hex');
    expect(retryDelayMs(status)).toBe(1_500);
  });

  test('of less than nothing is none', () => {
    const status = Buffer.from(`1a390a28${type}120d0a0b08ffffffffffffffffff01`, 'hex');
    expect(retryDelayMs(status)).toBe(0);
  });
});

test('a status without RetryInfo asks for no delay', () => {
  expect(retryDelayMs(new Uint8Array())).toBeUndefined();
  // A detail of another type.
  expect(retryDelayMs(Buffer.from('1a030a0178', 'hex'))).toBeUndefined();
});

test('a broken status is refused', () => {
  expect(() => retryDelayMs(Buffer.from('1aff', 'hex'))).toThrow(OtlpError);
});
