import { isDeepStrictEqual } from 'node:util';
import { ConfigError } from '../util/problem.ts';
import type { Config } from './config/config.ts';
import { storeType } from './config/storage-reference.ts';

/**
 * What of a new configuration has to wait for a restart, in words. Throws `ConfigError` if it cannot run at all on
 * what is open: the store of a process is the same from its start to its end.
 */
export function lastingChange(before: Config, after: Config): readonly string[] {
  const [old, changed] = [storeOf(before), storeOf(after)];
  if (!isDeepStrictEqual(old?.raw, changed?.raw) || old?.id !== changed?.id) {
    const place = changed?.placeOf('') ?? { file: '', line: 0, column: 0 };
    const path = changed === undefined ? 'service.extensions' : `extensions.${changed.id}`;
    const message = 'the store of a running process cannot change; restart to use another one';
    throw new ConfigError([{ severity: 'error', ...place, path, message }]);
  }
  if (isDeepStrictEqual(before.telemetry, after.telemetry)) return [];
  return ['service.telemetry has changed, which takes a restart; all else is taken over'];
}

const storeOf = ({ extensions }: Config) => [...extensions.values()].find(({ type }) => type === storeType);
