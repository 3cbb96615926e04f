import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../service/config/config.ts';
import { storageDirectory } from '../service/config/storage-directory.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { askStatus } from '../service/status-socket.ts';
import { statusOf, type Status } from '../service/status.ts';
import { fromMillis } from '../record/time.ts';
import { LevelStore } from '../store/level.ts';
import { StoreError } from '../store/store.ts';
import { asciiJson } from '../util/ascii-json.ts';
import { couldNotStart } from './failure.ts';
import { configOf, type ConfigOptions } from './load-config.ts';
import { statusText } from './status/status-text.ts';

export type StatusFormat = 'text' | 'json';

/** An instance that starts or stops holds its store and does not answer: for that long it is waited for. */
const patienceMs = 3_000;
const betweenMs = 100;

/** Says how an instance stands: asks it if it runs, else reads its store. 1 if an equation does not hold. */
export async function status(options: ConfigOptions, format: StatusFormat): Promise<ExitCode> {
  let found: Status;
  try {
    found = await statusFrom(await configOf(options));
  } catch (error) {
    return couldNotStart(error, 'tell the status');
  }
  process.stdout.write(
    format === 'json'
      ? `${asciiJson(JSON.stringify(found, undefined, 2))}\n`
      : `${statusText(found).join('\n')}\n`,
  );
  return found.holds ? exitCode.done : exitCode.problemsFound;
}

async function statusFrom(config: Config): Promise<Status> {
  const directory = storageDirectory(config);
  if (directory === undefined) {
    throw new Error('the configuration starts no file_storage, so nothing is stored that could be told');
  }
  if (!existsSync(join(directory, 'CURRENT'))) {
    throw new Error(`there is no store in ${directory}: nothing has run with this configuration yet`);
  }
  for (const deadline = performance.now() + patienceMs; ; await delay(betweenMs)) {
    const answer = await askStatus(directory);
    if (answer !== undefined) return answer;
    try {
      return await statusOfStopped(config, directory);
    } catch (error) {
      const isLocked = error instanceof StoreError && error.reason === 'locked';
      if (!isLocked || performance.now() > deadline) throw error;
    }
  }
}

async function statusOfStopped(config: Config, directory: string): Promise<Status> {
  const store = await LevelStore.open(directory);
  try {
    return await statusOf(config, store, fromMillis(Date.now()));
  } finally {
    await store.close();
  }
}
