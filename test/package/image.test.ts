import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { stagesOf } from '../examples/image/dockerfile.ts';
import { carryOut } from './carried-out.ts';

describe.skipIf(inject('missing') !== '')('what the Dockerfile makes', () => {
  test('runs as its user, from files that it may not write, and has nothing that it does not need', () => {
    const root = mkdtempSync(join(tmpdir(), 'riskpipe-image-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    chmodSync(root, 0o755);
    const image = carryOut(stagesOf('Dockerfile'), root);
    const opt = join(image, 'opt', 'riskpipe');
    expect(readdirSync(opt).toSorted()).toEqual([
      'LICENSE',
      'dist',
      'node_modules',
      'package.json',
      'pipelines',
    ]);
    expect(existsSync(join(opt, 'node_modules', 'typescript'))).toBe(false);
    expect(readdirSync(join(opt, 'dist')).filter((name) => name.endsWith('.map'))).toEqual([]);

    const log = join(root, 'audit.log');
    writeFileSync(log, readFileSync('examples/audit.log'), { mode: 0o644 });
    const state = join(root, 'state');
    mkdirSync(state);
    chmodSync(state, 0o777);
    const ended = replay(opt, { AUDIT_LOG: log, RISKPIPE_STATE: join(state, 'store') });
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stderr).toContain('51 lines, 4 findings');
  }, 180_000);
});

/** As the image would, but with this machine's Node and into nothing; as its user, if this one may become it. */
function replay(opt: string, environment: Readonly<Record<string, string>>) {
  const user = process.getuid?.() === 0 ? { uid: 65_532, gid: 65_532 } : {};
  const args = [join(opt, 'dist', 'main.js'), 'replay', '--config', join(opt, 'pipelines', 'sidecar.yaml')];
  const sink = ['--set=exporters.nop=null', '--set=service.pipelines.logs.exporters=[nop]'];
  return spawnSync(process.execPath, [...args, ...sink], {
    ...user,
    cwd: '/',
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
}
