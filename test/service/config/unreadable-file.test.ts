import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unreadableFile } from '../../../src/service/config/unreadable-file.ts';
import { formatProblem } from '../../../src/util/problem.ts';

for (const [file, message] of [
  [join(tmpdir(), 'riskpipe-no-such-file'), 'there is no such file'],
  [tmpdir(), 'is a directory; name a file'],
] as const) {
  test(`a file that cannot be read: ${message}`, () => {
    let problem: string | undefined;
    try {
      readFileSync(file, 'utf8');
    } catch (error) {
      problem = formatProblem(unreadableFile(file, error));
    }
    expect(problem).toBe(`${file} ${message}`);
  });
}

test('any other reason is told as it is', () => {
  expect(unreadableFile('c.yaml', new Error('EIO: i/o error')).message).toBe(
    'could not be read: EIO: i/o error',
  );
});
