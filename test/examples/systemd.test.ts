import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exitCode } from '../../src/service/exit-code.ts';

const path = 'examples/systemd/riskpipe.service';
const unit = readFileSync(path, 'utf8');
const valuesOf = (name: string): readonly string[] =>
  Array.from(unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm')), ([, value = '']) => value);

/** What spec/reliability.md H11 asks for, as systemd.exec(5) calls it. */
const hardening: Readonly<Record<string, readonly string[]>> = {
  NoNewPrivileges: ['yes'],
  CapabilityBoundingSet: [''],
  AmbientCapabilities: [''],
  ProtectSystem: ['strict'],
  ProtectHome: ['yes'],
  PrivateTmp: ['yes'],
  PrivateDevices: ['yes'],
  ProtectKernelModules: ['yes'],
  ProtectKernelTunables: ['yes'],
  ProtectControlGroups: ['yes'],
  RestrictAddressFamilies: ['AF_INET AF_INET6 AF_UNIX'],
  RestrictNamespaces: ['yes'],
  IPAddressDeny: ['any'],
  SystemCallFilter: ['@system-service', '~@privileged @resources'],
  UMask: ['0077'],
  LimitCORE: ['0'],
  StateDirectoryMode: ['0700'],
  // V8 writes the code that it runs: with it, the program does not start.
  MemoryDenyWriteExecute: [],
};

describe(path, () => {
  test.each(Object.entries(hardening))('%s is %j', (name, values) => {
    expect(valuesOf(name)).toEqual(values);
  });

  test('runs a configuration that is shipped, with its state where systemd makes the directory', () => {
    const [start = ''] = valuesOf('ExecStart');
    const config = basename(start.split(' ').at(-1) ?? '');
    expect(existsSync(join('pipelines', config))).toBe(true);
    expect(valuesOf('Environment')).toEqual([`RISKPIPE_STATE=/var/lib/${valuesOf('StateDirectory').join()}`]);
    expect(readFileSync(join('pipelines', config), 'utf8')).toContain('${env:RISKPIPE_STATE');
  });

  test('restarts after what a restart may mend, and waits for a stop to end', () => {
    expect(valuesOf('Restart')).toEqual(['on-failure']);
    expect(valuesOf('RestartPreventExitStatus')).toEqual([`${exitCode.usage} ${exitCode.storeInUse}`]);
    expect(Number.parseInt(valuesOf('TimeoutStopSec').join(), 10)).toBeGreaterThan(5);
  });
});

describe.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)(
  'systemd-analyze says of the unit',
  () => {
    test('that it understands all of it', () => {
      const { stderr, status } = analyzed('verify');
      expect(stderr).toBe('');
      expect(status).toBe(0);
    });

    test('that it is exposed by no more than 1.5 of 10', () => {
      const { stdout, status } = analyzed('security', '--offline=true', '--threshold=15');
      expect(stdout).toContain('Overall exposure level');
      expect(status, stdout).toBe(0);
    });
  },
);

/** Of the unit with a program that is there. */
function analyzed(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-unit-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const copy = join(directory, basename(path));
  writeFileSync(copy, unit.replace('/usr/bin/riskpipe', process.execPath));
  const { status, stdout, stderr } = spawnSync('systemd-analyze', [...args, copy], { encoding: 'utf8' });
  return { status, stdout, stderr };
}
