import { expect, onTestFinished, test, vi } from 'vitest';
import { runCommandLine } from '../../src/commands/command-line.ts';
import { builtRiskpipe } from './built-riskpipe.ts';
import { riskpipe } from './riskpipe.ts';

test.each([
  [['explain', 'nothing'], 1],
  [['schema', 'detecton'], 2],
  [['validate', '--help'], 0],
  [['print-config', '--config', 'none.yaml'], 4],
])('%j says and gives the same in the process of the tests as built', async (args, status) => {
  const ran = await riskpipe(args);
  expect(ran).toMatchObject({ status });
  expect(builtRiskpipe(args)).toMatchObject(ran);
});

test('a command in the process of the tests leaves it as it was', async () => {
  const { env, stdout, stderr } = process;
  const state = (): readonly unknown[] => [
    process.cwd(),
    process.env === env,
    env['CLUSTER_NAME'],
    process.exitCode,
    Reflect.get(stdout, 'write'),
    Reflect.get(stderr, 'write'),
    Reflect.get(stdout, 'on'),
    stdout.listenerCount('error'),
  ];
  const before = state();
  const { status } = await riskpipe(['status'], { directory: '/', environment: { CLUSTER_NAME: 'blue' } });
  expect([status, state()]).toEqual([2, before]);
});

test.each([
  ['any error', new Error('odd'), 5, 'riskpipe: odd\n'],
  [
    'a limit of the system',
    Object.assign(new Error('EMFILE'), { code: 'EMFILE' }),
    4,
    /the process may open too few files/,
  ],
])(
  '%s that no command foresaw is told and has an exit code; the command did not finish',
  async (_, error, exitCode, said) => {
    const before = process.exitCode;
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const cwd = vi.spyOn(process, 'cwd').mockImplementation(() => {
      throw error;
    });
    onTestFinished(() => {
      cwd.mockRestore();
      stderr.mockRestore();
      process.exitCode = before;
    });
    expect(await runCommandLine(['check', 'x.yml'])).toBe(false);
    expect(process.exitCode).toBe(exitCode);
    expect(stderr.mock.calls).toEqual([[expect.stringMatching(said)]]);
  },
);
