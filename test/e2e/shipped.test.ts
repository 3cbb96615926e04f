import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { riskpipe, root } from '../commands/riskpipe.ts';
import { freePorts } from './free-ports.ts';
import { Program } from './process.ts';
import { until } from './until.ts';
import { Workspace } from './workspace.ts';

const yamlIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));

describe('what is shipped', () => {
  // What speaks TLS needs certificates, and has a test of its own (test/commands/webhook-config.test.ts).
  for (const name of yamlIn('pipelines').filter((file) => file !== 'webhook.yaml')) {
    test(`pipelines/${name} is valid`, async () => {
      const { status, stderr } = await riskpipe(['validate', '--config', join('pipelines', name)]);
      expect(status, stderr).toBe(0);
    });
  }

  for (const name of yamlIn('pipelines/detections')) {
    test(`pipelines/detections/${name} passes its own tests`, async () => {
      const { status, stdout, stderr } = await riskpipe(['test', join('pipelines', 'detections', name)]);
      expect(status, stdout + stderr).toBe(0);
      expect(stdout).toContain('passed');
    });
  }
});

test('the quickstart shows what the sample holds, then what is appended to it, and ends on SIGINT', async () => {
  const workspace = new Workspace();
  const sample = workspace.path('audit.log');
  cpSync(join(root, 'examples', 'audit.log'), sample);
  // One process is both ends, so it has to know the port before.
  const [port] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  const program = new Program(
    [
      '--config',
      join(root, 'pipelines', 'quickstart.yaml'),
      `--set=receivers.otlp.protocols.http.endpoint=${address}`,
      `--set=exporters.otlp_http.endpoint=http://${address}`,
    ],
    { directory: workspace.directory, environment: { RISKPIPE_SAMPLE: sample } },
  );
  const suspicious = suspiciousNames(readFileSync(sample, 'utf8'));
  expect(suspicious.length).toBeGreaterThan(1);
  await shows(program, suspicious);

  const appended = spawnSync(process.execPath, [join(root, 'examples', 'append.mjs'), sample]);
  expect(appended.status, String(appended.stderr)).toBe(0);
  const all = suspiciousNames(readFileSync(sample, 'utf8'));
  expect(all).toHaveLength(suspicious.length + 1);
  await shows(program, all);
  expect(program.stdout.match(/^RISK /gm)).toHaveLength(all.length);

  program.signal('SIGINT');
  expect(await program.ended(), program.stderr).toBe(0);
});

/** Waits until an alert about each of these is printed. */
async function shows(program: Program, names: readonly string[]): Promise<void> {
  const missing = (): readonly string[] =>
    names.filter((name) => !program.stdout.includes(` ${name} pulled`));
  await until(
    () => missing().length === 0,
    () => `alerts about ${missing().join(', ')}; it printed:\n${program.stdout}\n${program.stderr}`,
  );
}

/** The names of the events that the shipped detection has to find, by a plain reading of the log. */
function suspiciousNames(log: string): readonly string[] {
  return log
    .trim()
    .split('\n')
    .map(
      (line) => JSON.parse(line) as { objectRef?: { name?: string }; requestObject?: { message?: string } },
    )
    .filter(({ requestObject }) => /^pulling image/i.test(requestObject?.message ?? ''))
    .map(({ objectRef }) => objectRef?.name ?? '0')
    .filter((name) => !/splunk|falco/i.test(name));
}
