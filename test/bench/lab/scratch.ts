import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder for what one case writes; gone when the case is over. */
export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), 'riskpipe-bench-'));

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  /** Writes text, or a value as JSON, which is YAML, too; the path of the file. */
  write(name: string, content: string | object): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
