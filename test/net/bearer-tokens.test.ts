import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { authorize } from '../../src/net/authorize.ts';
import { BearerTokens } from '../../src/net/bearer-tokens.ts';
import { RecordingLogger } from '../recording-logger.ts';

/** A file with the token "old", as read. */
async function scene() {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-tokens-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'tokens');
  writeFileSync(file, 'old');
  const tokens = new BearerTokens('tokens', directory);
  await tokens.refresh();
  const log = new RecordingLogger();
  const show = (token: string): Promise<void> => authorize(tokens, `Bearer ${token}`, log);
  return { file, tokens, log, show };
}

test('a file that has gone is told once, and the old tokens count until there is another', async () => {
  const { file, log, show } = await scene();
  rmSync(file);
  await show('old');
  await show('old');
  expect(log.lines).toEqual([
    expect.stringMatching(/^error: the tokens have changed and cannot be used, so the old ones stay: ENOENT/),
  ]);
  writeFileSync(file, 'young');
  await show('young');
  await expect(show('old')).rejects.toThrow('no token that is known here');
  expect(log.lines.slice(1)).toEqual(['info: the tokens have changed']);
});

test('a token of a file that is just being read counts', async () => {
  const { file, tokens, show } = await scene();
  writeFileSync(file, 'young');
  const reading = tokens.refresh();
  await show('young');
  expect(await reading).toBe(true);
});
