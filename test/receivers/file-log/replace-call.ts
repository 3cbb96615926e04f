import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished } from 'vitest';

type Call = 'fstatSync' | 'openSync' | 'statSync';

/** Has `stead` in the place of a function of `node:fs` until the test ends; it is given the real one. */
export function replaceCall(
  name: Call,
  stead: (real: (...args: unknown[]) => unknown, args: readonly unknown[]) => unknown,
): void {
  const real = fs[name];
  const put = (call: unknown): void => {
    Object.assign(fs, { [name]: call });
    syncBuiltinESMExports();
  };
  put((...args: unknown[]) => stead((...given) => Reflect.apply(real, fs, given), args));
  onTestFinished(() => put(real));
}
