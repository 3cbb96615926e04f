import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { splunkHec } from '../../../src/exporters/splunk-hec.ts';
import { ConfigError } from '../../../src/util/problem.ts';
import { ExporterBench } from '../otlp-http/bench.ts';
import { HecServer } from './hec-server.ts';

interface Scene {
  readonly server: HecServer;
  readonly bench: ExporterBench;
  /** Replaces what the file holds. */
  readonly write: (text: string) => void;
}

/** An exporter that takes its token from a file, and a server that wants `first`. */
async function scene(text: string): Promise<Scene> {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-token-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const write = (content: string): void => writeFileSync(join(directory, 'token'), content);
  write(text);
  const server = await HecServer.start({ token: 'first' });
  onTestFinished(() => server.stop());
  const given = { endpoint: server.url, token_file: 'token' };
  const bench = await ExporterBench.of(splunkHec, given, directory);
  onTestFinished(() => bench.stop());
  await bench.start();
  return { server, bench, write };
}

test('token_file is taken from where the configuration is, without its newline, and read again', async () => {
  const { server, bench, write } = await scene('first\n');
  await bench.sendBodies('one');
  await bench.drained();
  write('second-longer\n');
  server.token = 'second-longer';
  await bench.sendBodies('two');
  await bench.drained();
  expect(server.events.map(({ event }) => event)).toEqual(['one', 'two']);
  expect(bench.log.lines).toContain('info: the token has changed');
});

test('a file that holds no token any more is told once, and the old token goes on', async () => {
  const { server, bench, write } = await scene('first');
  write('');
  for (const body of ['one', 'two']) {
    await bench.sendBodies(body);
    await bench.drained();
  }
  expect(server.events).toHaveLength(2);
  const told = bench.log.lines.filter((line) => line.includes('cannot be used, so the old one stays'));
  expect(told).toEqual([expect.stringContaining('holds no HEC token; write one, and nothing else')]);
});

test.each([
  ['', 'holds no HEC token'],
  ['two\ntokens', 'holds no HEC token'],
])('a file that holds %j is refused at the start', async (text, message) => {
  const error = await scene(text).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).toContain(message);
  expect(String(error)).not.toContain('tokens');
});

test('a file that is not there is refused at the start', async () => {
  const given = { endpoint: 'http://127.0.0.1:1', token_file: '/nowhere/token' };
  await expect(ExporterBench.of(splunkHec, given)).rejects.toThrow(
    'token_file: could not read "/nowhere/token"',
  );
});
