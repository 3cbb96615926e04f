import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Paths of the files in the package, sorted. */
    packed: readonly string[];
    /** Directory of an otherwise empty project that has it installed. */
    project: string;
    /** Why it is not installed there; empty if it is. */
    missing: string;
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|ERR_SOCKET_TIMEOUT/;

/** Run once by vitest before the tests: packs what `npm run build` has made, and installs it in an empty project. */
export function setup(testProject: TestProject): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-package-'));
  const project = join(directory, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  const [packed] = JSON.parse(
    npm(['pack', '--json', '--pack-destination', directory], root).stdout,
  ) as Packed;
  testProject.provide('packed', packed.files.map(({ path }) => path).sort());
  testProject.provide('project', project);
  testProject.provide('missing', install(join(directory, packed.filename), project));
  return () => rmSync(directory, { recursive: true, force: true });
}

type Packed = readonly [{ readonly filename: string; readonly files: readonly { readonly path: string }[] }];

/** Why it could not be installed here; empty if it is. Throws if that is the package's fault. */
function install(tarball: string, project: string): string {
  const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--fetch-retries=1'];
  const { status, stderr } = npm(['install', ...options, tarball], project);
  if (status === 0) return '';
  const missing = 'no npm registry can be reached, and its cache lacks what the package needs';
  // Where a machine decides, a suite that tests nothing may not look green.
  if (!unreachable.test(stderr) || process.env['CI'] === 'true') throw new Error(stderr);
  console.warn(`the tests of the installed package are skipped: ${missing}`);
  return missing;
}

function npm(
  args: readonly string[],
  directory: string,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('npm', args, { cwd: directory, encoding: 'utf8' });
}
