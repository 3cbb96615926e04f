import { expect, test } from 'vitest';
import { errorCode } from '../../src/util/error-code.ts';
import { reasonOf } from '../../src/util/reason-of.ts';

for (const [what, thrown, reason, code] of [
  ['a system error', Object.assign(new Error('no such file'), { code: 'ENOENT' }), 'no such file', 'ENOENT'],
  ['another error', new TypeError('bad'), 'bad', 'bad'],
  ['a text', 'gone', 'gone', 'gone'],
  ['nothing', undefined, 'undefined', 'undefined'],
] as const) {
  test(`of ${what} the reason is "${reason}" and the code "${code}"`, () => {
    expect([reasonOf(thrown), errorCode(thrown)]).toEqual([reason, code]);
  });
}
