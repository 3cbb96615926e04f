import { describe, expect, test } from 'vitest';
import { networkReason } from '../../src/net/network-reason.ts';

describe('no answer', () => {
  const failure = (message: string, code?: unknown): Error => Object.assign(new Error(message), { code });
  test.each([
    [
      failure('connect ECONNREFUSED', 'ECONNREFUSED'),
      'no answer from http://b: nothing listens there (ECONNREFUSED)',
    ],
    [failure('odd', 'EODD'), 'no answer from http://b: odd (EODD)'],
    [
      failure('write EPROTO ssl3_read_bytes:tlsv1 alert protocol version', 'EPROTO'),
      'no answer from http://b: it speaks only versions of TLS that are older than tls.min_version allows (EPROTO)',
    ],
    [
      failure('write EPROTO ssl3_read_bytes:sslv3 alert handshake failure', 'EPROTO'),
      'no answer from http://b: it refused the handshake: it wants our certificate (tls.cert_file) or another cipher (EPROTO)',
    ],
    [
      failure('write EPROTO wrong version number', 'EPROTO'),
      'no answer from http://b: it does not speak TLS, or no version of it that both sides allow (EPROTO)',
    ],
    [failure('no answer within 30s'), 'no answer from http://b: no answer within 30s'],
    [failure('a\nb', 20), 'no answer from http://b: a\\u{a}b'],
    ['text', 'no answer from http://b: text'],
  ])('%s', (error, reason) => expect(networkReason(error, 'http://b')).toBe(reason));
});
