import { expect, test } from 'vitest';
import { redactBody } from '../../src/webhook/redact-body.ts';

const canary = 'c2VjcmV0LWNhbmFyeQ';

test.each([
  ['{"kind":"EventList","items":[{"level": "Request",', '{"kind":"EventList","items":[{"level":"Request",'],
  ['{"user":{"username":"jane"},"n":12,"b":true}', '{<4>:{<8>:<4>},<1>:<2>,<1>:true}'],
  ['{"verb":"a text with blanks"', '{"verb":<18>'],
  ['binary \u0000 text', '<6><1><4>'],
])('of %j there stays %j', (body, text) => {
  expect(redactBody(Buffer.from(body))).toBe(text);
});

test('no secret stays, wherever the body is cut or a quote is lost', () => {
  const secret = `{"kind":"Secret","data":{"password":"${canary}","${canary}":"x"},"stringData":{"a":"${canary} \\"${canary}\\""}}`;
  const body = `{"kind":"EventList","items":[{"requestObject":${secret},"verb":"create"}]}`;
  for (let at = 0; at < body.length; at++) {
    for (const broken of [body.slice(at), body.slice(0, at) + body.slice(at + 1)]) {
      expect(redactBody(Buffer.from(broken)), broken).not.toContain(canary.slice(-6));
    }
  }
});

test('only the beginning of a long body is kept', () => {
  expect(redactBody(Buffer.from('{}'.repeat(100_000))).length).toBe(16_384);
});
