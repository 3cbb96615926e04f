import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { builtProgram, Program } from '../e2e/process.ts';
import { Workspace } from '../e2e/workspace.ts';
import { builtRiskpipe } from './built-riskpipe.ts';
import { riskpipe, root } from './riskpipe.ts';

const seed = 'kubernetes-suspicious-image-pulling';

describe('riskpipe', () => {
  test('a command that there is none of is told, and the nearest one', () => {
    const { status, stderr } = builtRiskpipe(['replya', '--config', 'x']);
    expect([status, stderr]).toEqual([2, 'error: there is no command "replya". Did you mean "replay"?\n']);
  });

  test('components lists every type with its other spelling', async () => {
    const { status, stdout } = await riskpipe(['components']);
    expect(status).toBe(0);
    expect(parse(stdout)).toMatchObject({
      buildinfo: { command: 'riskpipe', version: '0.1.0' },
      receivers: [
        { name: 'file_log', aliases: ['filelog'] },
        { name: 'otlp' },
        { name: 'kubernetes_audit' },
        { name: 'http' },
      ],
      processors: [{ name: 'detection' }],
      exporters: [
        { name: 'otlp_http', aliases: ['otlphttp'] },
        { name: 'splunk_hec' },
        { name: 'otlp_grpc', aliases: ['otlp'] },
        { name: 'debug' },
        { name: 'file' },
        { name: 'nop' },
      ],
      extensions: [{ name: 'file_storage' }, { name: 'health_check' }, { name: 'pprof' }, { name: 'zpages' }],
    });
  });

  for (const what of ['config', 'detection', 'allowlist']) {
    test(`schema ${what} prints a JSON Schema in which every option is described`, async () => {
      const { status, stdout } = await riskpipe(['schema', what]);
      expect(status).toBe(0);
      const schema = JSON.parse(stdout) as { $schema: string; type: string; properties: object };
      expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
      expect(Object.keys(schema.properties).length).toBeGreaterThan(1);
      expect(stdout).toContain('"description"');
    });
  }

  test('a command whose output nobody reads any more ends like any filter: quietly, with exit code 1', () => {
    const command = '"$0" "$1" components | true; echo "${PIPESTATUS[0]}"';
    // Its reader has gone before it writes: `true` takes no time, and a start some.
    const { stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, builtProgram], {
      encoding: 'utf8',
    });
    expect([stdout, stderr]).toEqual(['1\n', '']);
  });

  test('schema of something else says what there is', async () => {
    const { status, stderr } = await riskpipe(['schema', 'detecton']);
    expect([status, stderr]).toEqual([
      2,
      'no schema "detecton"; there are config, detection, allowlist. Did you mean "detection"?\n',
    ]);
  });

  test('print-config shows the merged configuration, with secrets masked and the environment filled in', async () => {
    const workspace = new Workspace();
    const secret = workspace.write(
      'secret.yaml',
      'exporters: {otlp_http: {headers: {authorization: Bearer hunter2}}}\n',
    );
    const { status, stdout } = await riskpipe(
      [
        'print-config',
        '--config',
        'pipelines/sidecar.yaml',
        '--config',
        secret,
        '--set',
        'processors.detection.mode=scheduled',
      ],
      { environment: { CLUSTER_NAME: 'blue' } },
    );
    expect(status).toBe(0);
    expect(stdout).not.toContain('hunter2');
    expect(parse(stdout)).toMatchObject({
      processors: { detection: { cluster: 'blue', mode: 'scheduled' } },
      exporters: {
        otlp_http: { endpoint: 'http://127.0.0.1:4318', headers: { authorization: '[REDACTED]' } },
      },
    });
  });

  test('validate finds what is wrong in the configuration and in the files it names', async () => {
    const workspace = new Workspace();
    workspace.write('d.yaml', 'detection: x\ntitle: X\nwhere: {verb: {globb: a}}\n');
    const config = workspace.write(
      'c.yaml',
      [
        'receivers: {file_log: {include: [/a]}}',
        'processors: {detection: {detections: [d.yaml], overrides: {y: {score: 3}}}}',
        'exporters: {nop: , nop/unused: }',
        'service: {pipelines: {logs: {receivers: [file_log], processors: [detection], exporters: [nop]}}}',
      ].join('\n'),
    );
    const { status, stdout } = await riskpipe(['validate', '--config', config]);
    expect(stdout).toMatch(/c\.yaml:3:\d+ warning: exporters\.nop\/unused: is defined but not used/);
    expect(status).toBe(1);
    expect(stdout).toMatch(/d\.yaml:3:16 .*globb/);
    expect(stdout).toMatch(/c\.yaml:2:\d+ processors\.detection\.overrides\.y: there is no detection "y"/);
  });

  for (const [what, service] of [
    ['of two processors and their files', ''],
    ['of the configuration and of the files it names', 'shutdown_timeot: 1s, '],
  ] as const) {
    test(`every command that reads a configuration tells all errors at once: ${what}`, async () => {
      const workspace = new Workspace();
      for (const name of ['a', 'b'])
        workspace.write(`${name}.yaml`, `detection: ${name}\ntitle: X\nwhere: {verb: {globb: a}}\n`);
      const config = workspace.write(
        'c.yaml',
        [
          'receivers: {file_log: {include: [/a]}}',
          'processors: {detection/a: {detections: [a.yaml]}, detection/b: {detections: [b.yaml, none.yaml]}}',
          'exporters: {nop: }',
          `service: {${service}pipelines: {logs: {receivers: [file_log], processors: [detection/a, detection/b], exporters: [nop]},`,
          '  logs/again: {receivers: [file_log], processors: [detection/a], exporters: [nop]}}}',
        ].join('\n'),
      );
      const validated = await riskpipe(['validate', '--config', config]);
      const errors = service === '' ? 3 : 4;
      expect([validated.status, validated.stdout]).toEqual([
        1,
        expect.stringMatching(new RegExp(`\n${errors} errors\n$`)),
      ]);
      expect(validated.stdout).toMatch(/a\.yaml:3:16 .*globb/);
      expect(validated.stdout).toMatch(/b\.yaml:3:16 .*globb/);
      expect(validated.stdout).toMatch(/c\.yaml:2:\d+ processors\.detection\/b\.detections\[1\]: no file/);
      const started = builtRiskpipe(['--config', config]);
      expect([started.status, started.stderr]).toEqual([4, validated.stdout]);
    });
  }

  test('explain prints a plan, and for an event which test passed or failed', async () => {
    expect(parse((await riskpipe(['explain', seed])).stdout)).toMatchObject({ id: seed, mode: 'streaming' });
    const line = readFileSync(`${root}examples/audit.log`, 'utf8')
      .split('\n')
      .find((text) => text.includes('quickcoin'));
    const { status, stdout } = builtRiskpipe(['explain', seed, '--event', '-'], { input: line });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^where {4}requestObject\.message glob "Pulling image\*" +yes {2}Pulling image/m);
    expect(stdout).toMatch(/kube_allowed_images\[1\] .* no /);
    expect(stdout).toMatch(/^result {3}finding at once: risk 20 for user system:node:n1$/m);
  });

  test('explain of a text that is no event says so', () => {
    const { status, stderr } = builtRiskpipe(['explain', seed, '--event', '-'], { input: 'no event\n' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('no JSON object')]);
  });

  for (const [what, args, said] of [
    ['an unknown detection', ['explain', `${seed}s`], `Did you mean "${seed}"?`],
    ['a file that is not there', ['explain', seed, '--event', 'nothing.json'], 'nothing.json'],
  ] as const) {
    test(`explain of ${what} says so`, async () => {
      const { status, stderr } = await riskpipe(args);
      expect([status, stderr]).toEqual([1, expect.stringContaining(said)]);
    });
  }

  test('test runs what detections bring along, and tells what was found instead', async () => {
    const good = await riskpipe(['test', 'pipelines/detections']);
    expect([good.status, good.stdout]).toEqual([0, expect.stringMatching(/^[1-9]\d* passed, 0 failed$/m)]);
    const workspace = new Workspace();
    const file = workspace.write(
      'd.yaml',
      [
        'detection: x',
        'title: X',
        'where: {verb: create}',
        'group_by: [{field: user.username, as: user}]',
        'window: {every: 1h}',
        'tests: [{name: wrong, events: [{verb: create, user: {username: ada}}], expect: [{user: bob}]}]',
      ].join('\n'),
    );
    const bad = await riskpipe(['test', file]);
    expect(bad.status).toBe(1);
    expect(bad.stdout).toMatch(/FAIL {2}x: wrong[\s\S]*user=bob[\s\S]*user=ada[\s\S]*0 passed, 1 failed/);
  });
});

test('test obeys the allowlists it is given, and no others', async () => {
  const workspace = new Workspace();
  const list = (name: string): string =>
    workspace.write(
      `${name}.yaml`,
      `allowlist: known\nentries: [{where: {user.username: ${name}}, owner: team, reason: known}]\n`,
    );
  const file = workspace.write(
    'd.yaml',
    JSON.stringify({
      detection: 'x',
      title: 'X',
      where: { verb: 'create' },
      allow: 'known',
      group_by: [{ field: 'user.username', as: 'user' }],
      window: { every: '1h' },
      tests: [{ name: 'ada is known', events: [{ verb: 'create', user: { username: 'ada' } }], expect: [] }],
    }),
  );
  const tested = async (name: string): Promise<readonly unknown[]> => {
    const { status, stdout } = await riskpipe(['test', file, '--allowlists', list(name)]);
    return [status, /^\d+ passed.*$/m.exec(stdout)?.[0] ?? stdout];
  };
  expect(await tested('ada')).toEqual([0, '1 passed, 0 failed']);
  expect(await tested('bob')).toEqual([1, '0 passed, 1 failed']);
});

test('the production pipeline runs: what it finds arrives at a backend, under ids that name the cluster', async () => {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const run = async (cluster: string): Promise<string> => {
    const environment = {
      AUDIT_LOG: `${root}examples/audit.log`,
      OTLP_ENDPOINT: backend.endpoint,
      RISKPIPE_STATE: workspace.path(`state-${cluster}`),
      CLUSTER_NAME: cluster,
    };
    const program = new Program(['replay', '--config', 'pipelines/sidecar.yaml'], {
      directory: root,
      environment,
    });
    expect(await program.ended(60_000), program.stderr).toBe(0);
    return /^ *otlp_http .*/m.exec(program.stdout)?.[0].trim() ?? '';
  };
  const delivered = expect.stringContaining('records 4   delivered 4   queued 0   dead 0');
  expect([await run('blue'), backend.kept.size]).toEqual([delivered, 4]);
  expect([await run('green'), backend.kept.size]).toEqual([delivered, 8]);
});
