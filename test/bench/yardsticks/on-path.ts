import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from '../lab/command.ts';
import type { Tool } from './yardstick.ts';

/** The first program called `name` in `PATH`, or in `folders`, which come last. */
export function programOnPath(name: string, folders: readonly string[] = []): string | undefined {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), ...folders];
  return places.map((folder) => join(folder, name)).find(isExecutable);
}

/** A program with what it says of its version: the first line that `args` make it print. */
export function versioned(path: string | undefined, args = ['--version']): Tool | undefined {
  if (path === undefined) return undefined;
  const [version = ''] = runCommand(path, args).stdout.split('\n');
  return { path, version };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
