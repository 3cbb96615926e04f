import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { Backend } from '../e2e/backend.ts';
import { Program } from '../e2e/process.ts';
import { readReport, total } from '../e2e/report.ts';
import { until } from '../e2e/until.ts';

const project = inject('project');
const installed = join(project, 'node_modules', 'riskpipe');
const main = join(installed, 'dist', 'main.js');
const sidecar = join(installed, 'pipelines', 'sidecar.yaml');

/** In the sample; test/e2e/shipped.test.ts shows them. */
const findings = 4;

describe.skipIf(inject('missing') !== '')('installed from its package', () => {
  for (const [args, said] of [
    [['--version'], /^\d+\.\d+\.\d+\n$/],
    [['components'], /file_log/],
    [['validate', '--config', sidecar], /: valid\n$/],
  ] as const) {
    test(`npx riskpipe ${args[0]} works`, () => {
      const ended = spawnSync('npx', ['--no-install', 'riskpipe', ...args], {
        cwd: project,
        encoding: 'utf8',
      });
      expect(ended.stdout).toMatch(said);
      expect(ended.status, ended.stderr).toBe(0);
    });
  }

  test("a replay of one's own log delivers what the sidecar pipeline finds in it", async () => {
    const { backend, environment, directory } = await surroundings();
    const report = join(directory, 'report.json');
    const args = ['replay', '--config', sidecar, '--report', report];
    const program = new Program(args, { program: main, directory, environment });
    expect(await program.ended(), program.stderr).toBe(0);
    expect(backend.kept.size).toBe(findings);
    expect(new Set(namesOf(backend))).toEqual(new Set(['riskpipe.risk_event']));
    expect(backend.wrong).toEqual([]);
    expect(total(readReport(report), 'lines')).toBe(total(readReport(report), 'evaluated'));
  });

  test('the sidecar pipeline runs, delivers, and stops when it is told to', async () => {
    const { backend, environment, directory } = await surroundings();
    const program = new Program(['--config', sidecar], { program: main, directory, environment });
    await until(
      () => backend.kept.size === findings,
      () => `${findings} records at the backend, which has ${backend.kept.size}:\n${program.stderr}`,
    );
    program.signal('SIGTERM');
    expect(await program.ended(), program.stderr).toBe(0);
    expect(backend.wrong).toEqual([]);
  });
});

const namesOf = ({ kept }: Backend): readonly string[] =>
  Array.from(kept.values(), ({ record }) => record.eventName);

/** The sample as a log of one's own, a backend, and the variables of the sidecar pipeline that name them. */
async function surroundings(): Promise<{
  readonly backend: Backend;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}> {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-installed-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const backend = await Backend.start();
  onTestFinished(() => backend.close());
  const log = join(directory, 'audit.log');
  copyFileSync(join(installed, 'examples', 'audit.log'), log);
  return {
    backend,
    directory,
    environment: {
      AUDIT_LOG: log,
      OTLP_ENDPOINT: backend.endpoint,
      RISKPIPE_STATE: join(directory, 'state'),
      CLUSTER_NAME: 'prod',
    },
  };
}
