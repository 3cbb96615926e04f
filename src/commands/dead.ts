import {
  deadLetter,
  deadLetters,
  dropLetters,
  retryLetters,
  type StoredLetter,
} from '../pipeline/outbox/dead-letters.ts';
import type { Config } from '../service/config/config.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import type { Store } from '../store/store.ts';
import { printable } from '../util/printable.ts';
import { parseLetterId } from './dead/letter-id.ts';
import { letterJson, letterLine } from './dead/letter-text.ts';
import { couldNotStart } from './failure.ts';
import { configOf, type ConfigOptions } from './load-config.ts';
import { openStore } from './open-store.ts';

export type DeadAction = 'list' | 'show' | 'retry' | 'drop';

/** What is done with a piece of the letters that were asked for. */
type Deed = (store: Store, letters: readonly StoredLetter[]) => Promise<void>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const deeds: Readonly<Record<DeadAction, Deed>> = {
  list: async (_, letters) => letters.forEach((letter) => say(letterLine(letter))),
  show: async (_, letters) => letters.forEach((letter) => say(letterJson(letter))),
  retry: retryLetters,
  drop: dropLetters,
};

const summaries: Readonly<Record<DeadAction, ((amount: number) => string) | undefined>> = {
  list: (amount) => `${amount} dead letters`,
  show: undefined,
  retry: (amount) => `${amount} put back; they leave when riskpipe runs`,
  drop: (amount) => `${amount} dropped`,
};

/**
 * Looks at the records that backends refused, in the store of an instance that does not run, sends them again or
 * deletes them. Without `ids` all of them. 1 if an id names none: nothing is done then.
 */
export async function dead(
  action: DeadAction,
  ids: readonly string[],
  options: ConfigOptions,
): Promise<ExitCode> {
  let store: Store | undefined;
  try {
    const config = await configOf(options);
    store = await openStore(config, 'dead letters');
    const chosen = ids.length === 0 ? allOf(store, config) : await named(store, ids);
    if (chosen === undefined) return exitCode.problemsFound;
    let amount = 0;
    for await (const letters of chosen) {
      await deeds[action](store, letters);
      amount += letters.length;
    }
    const summary = summaries[action]?.(amount);
    if (summary !== undefined) say(summary);
    return exitCode.done;
  } catch (error) {
    return couldNotStart(error, 'reach the dead letters (riskpipe has to be stopped for that)');
  } finally {
    await store?.close();
  }
}

async function* allOf(store: Store, { exporters }: Config): AsyncGenerator<readonly StoredLetter[]> {
  for (const exporter of exporters.keys()) yield* deadLetters(store, exporter);
}

/** Undefined, and said, if there are not all of them. */
async function named(
  store: Store,
  ids: readonly string[],
): Promise<readonly (readonly StoredLetter[])[] | undefined> {
  const letters: StoredLetter[] = [];
  let missing = false;
  for (const id of new Set(ids)) {
    const parsed = parseLetterId(id);
    const letter = parsed && (await deadLetter(store, parsed.exporter, parsed.number));
    if (letter !== undefined) letters.push(letter);
    else process.stderr.write(`there is no dead letter "${printable(id)}"; "dead list" shows their ids\n`);
    missing ||= letter === undefined;
  }
  return missing ? undefined : [letters];
}
