import { expect, test } from 'vitest';
import { z } from 'zod';
import { listenerOptions, protectedListener } from '../../src/net/listener-config.ts';

const schema = z.strictObject(listenerOptions('127.0.0.1:4318')).superRefine(protectedListener);

const tls = { cert_file: 'c', key_file: 'k' };
const auth = { bearer_token_file: 't' };

test.each([
  [{}],
  [{ endpoint: 'localhost:1' }],
  [{ endpoint: '[::1]:1' }],
  [{ endpoint: '0.0.0.0:1', tls, auth }],
  [{ endpoint: ':1', tls: { ...tls, client_ca_file: 'a' } }],
  [{ endpoint: ':1', allow_unprotected: true }],
])('%j may listen', (config) => {
  expect(schema.safeParse(config).success).toBe(true);
});

test.each([
  [{ endpoint: '0.0.0.0:1' }, ['"tls"', '"auth"']],
  [{ endpoint: ':1', tls }, ['"auth"']],
  [{ endpoint: '10.0.0.1:1', auth }, ['"tls"']],
])('%j can be reached from other machines, and is told to need %j', (config, needed) => {
  const issue = schema.safeParse(config).error?.issues[0];
  expect(issue?.path).toEqual(['endpoint']);
  for (const option of ['"tls"', '"auth"']) {
    if (needed.includes(option)) expect(issue?.message).toContain(option);
    else expect(issue?.message).not.toContain(option);
  }
});

test('an address that is none is refused', () => {
  expect(schema.safeParse({ endpoint: 'here' }).error?.issues[0]?.message).toContain('127.0.0.1:4318');
});
