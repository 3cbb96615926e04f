import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll } from 'vitest';
import type { ModelFiles } from './model-files.ts';

/** Where the modelled files lie, for every module that imports `node:fs` by name. */
export const mountPoint = '/simulated';

/** The files that lie there now. */
export const mounted: { files: ModelFiles | undefined } = { files: undefined };

type PathCall = 'openSync' | 'statSync' | 'lstatSync' | 'readdirSync';

/** For the tests of one file the modelled files are mounted: code that reads files needs no seam of its own. */
export function mountFiles(): void {
  const { openSync, closeSync, readSync, fstatSync, statSync, lstatSync, readdirSync } = fs;
  const real = { openSync, closeSync, readSync, fstatSync, statSync, lstatSync, readdirSync };
  beforeAll(() => {
    Object.assign(fs, {
      openSync: byPath(real.openSync, (files, path) => files.openSync(path)),
      statSync: byPath(real.statSync, (files, path) => files.statSync(path)),
      lstatSync: byPath(real.lstatSync, (files, path) => files.statSync(path)),
      readdirSync: byPath(real.readdirSync, (files) => files.readdirSync()),
      closeSync: byDescriptor(real.closeSync, (files, descriptor) => files.closeSync(descriptor)),
      fstatSync: byDescriptor(real.fstatSync, (files, descriptor) => files.fstatSync(descriptor)),
      readSync: (...args: Parameters<typeof readSync>) => {
        const [descriptor, target, from, length, position] = args as unknown as ReadArguments;
        if (mounted.files?.owns(descriptor) !== true) return real.readSync(...args);
        return mounted.files.readSync(descriptor, target, from, length, position);
      },
    });
    syncBuiltinESMExports();
  });
  afterAll(() => {
    mounted.files = undefined;
    Object.assign(fs, real);
    syncBuiltinESMExports();
  });
}

type ReadArguments = readonly [
  descriptor: number,
  target: Uint8Array,
  from: number,
  length: number,
  at: number,
];

function byPath(real: (typeof fs)[PathCall], model: (files: ModelFiles, path: string) => unknown): unknown {
  return (path: unknown, ...rest: unknown[]) =>
    mounted.files !== undefined && typeof path === 'string' && path.startsWith(mountPoint)
      ? model(mounted.files, path)
      : Reflect.apply(real, fs, [path, ...rest]);
}

function byDescriptor(
  real: (typeof fs)['closeSync' | 'fstatSync'],
  model: (files: ModelFiles, descriptor: number) => unknown,
): unknown {
  return (descriptor: number, ...rest: unknown[]) =>
    mounted.files?.owns(descriptor) === true
      ? model(mounted.files, descriptor)
      : Reflect.apply(real, fs, [descriptor, ...rest]);
}
