import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';

const project = inject('project');
const modules = join(process.cwd(), 'node_modules');
const page = readFileSync('docs/library.md', 'utf8');
const [, example = ''] = /<!-- example -->\s+```js\n([\s\S]*?)```/.exec(page) ?? [];

describe.skipIf(inject('missing') !== '')('riskpipe/detection, installed', () => {
  test('does what docs/library.md shows', () => {
    writeFileSync(join(project, 'example.js'), example);
    const { stdout, stderr, status } = spawnSync(process.execPath, ['example.js'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    expect(stdout.match(/^riskpipe\.risk_event low Suspicious image .* pulled in Kubernetes/gm)).toHaveLength(
      4,
    );
  });

  test('has types that stand alone, and refuse what is wrong', () => {
    // The one thing that a program in TypeScript has to say more.
    writeFileSync(join(project, 'right.ts'), example.replace('(path) =>', '(path: string) =>'));
    writeFileSync(
      join(project, 'wrong.ts'),
      `import { Detector } from 'riskpipe/detection';
const detector = new Detector({ detections: [] }, { mode: 'sometimes' });
detector.evaluate('a line', new Date());
`,
    );
    expect(complaints('right.ts')).toEqual([]);
    expect(complaints('wrong.ts')).toEqual(['wrong.ts(2,', 'wrong.ts(3,']);
  });

  test('gives nothing else away', () => {
    const script = "import('riskpipe').catch((error) => console.log(error.code))";
    const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: project, encoding: 'utf8' });
    expect(stdout).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });
});

/** Where tsc complains of a file of the project, as strictly as it can be. */
function complaints(file: string): readonly string[] {
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        module: 'nodenext',
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        types: ['node'],
        typeRoots: [join(modules, '@types')],
      },
      files: [file],
    }),
  );
  const tsc = join(modules, 'typescript', 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: project, encoding: 'utf8' });
  return Array.from(stdout.matchAll(/^(?:\S+\(\d+,|error .*)/gm), ([where]) => where);
}
