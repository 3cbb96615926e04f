import { renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildTool, cachedTool, missingTool, run } from './cached-tool.ts';

/** A program of others that is compiled from its Go modules. */
export interface GoTool {
  /** As Go knows it; its last part is the name of the binary. */
  readonly path: string;
  readonly version: string;
}

/** Where its binary lies once it was built. */
export const binaryOf = ({ path, version }: GoTool): string =>
  cachedTool(`${basename(path)}-${version}`, basename(path));

/** Where its binary lies: built now, or by an earlier run. Empty if it cannot be had (see `missingTool`). */
export function goTool(tool: GoTool): string {
  const binary = binaryOf(tool);
  const missing = missingTool(binary, () => buildTool(binary, (work) => build(tool, work, binary)));
  return missing === '' ? binary : '';
}

function build({ path, version }: GoTool, work: string, binary: string): void {
  const options = { cwd: work, env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod' } };
  // `go install` refuses a module that replaces others; as a part of another module it is only built.
  run('go', ['mod', 'init', 'riskpipe.test/tool'], options);
  run('go', ['get', `${path}@${version}`], options);
  run('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', 'built', path], options);
  renameSync(join(work, 'built'), binary);
}
