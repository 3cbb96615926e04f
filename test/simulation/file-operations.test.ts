import { expect, test } from 'vitest';
import { judge } from './judgement.ts';
import { operations } from './knobs.ts';
import type { LogWriter } from './log-writer.ts';
import { mountFiles } from './mounted-files.ts';
import { World } from './world.ts';

mountFiles();

/** What can happen to a log between two looks at it. */
const all: Readonly<Record<string, (writer: LogWriter) => void>> = {
  'write a line': (writer) => writer.write(1),
  'write many lines': (writer) => writer.write(8),
  'begin a line': (writer) => writer.begin(),
  'write junk': (writer) => writer.writeJunk(),
  'write too long a line': (writer) => writer.writeOversize(),
  rotate: (writer) => writer.rotate(),
  'rotate away': (writer) => writer.rotateAway(),
  'truncate a copy': (writer) => writer.copyTruncate(true),
  'truncate a copy, leaving a hole': (writer) => writer.copyTruncate(false),
  'truncate and regrow': (writer) => writer.regrow(),
  'delete and create': (writer) => writer.replace(),
  'replace by a copy': (writer) => writer.replaceByCopy(),
};

/** Runs a workload; the process ends after sync point `crashAt`. Gives the number of sync points and what is wrong. */
function workload(
  names: readonly string[],
  crashAt: number,
): Promise<{ syncs: number; problems: readonly string[] }> {
  return World.of(1, async (world) => {
    const { writer, effects } = world;
    let syncs = 0;
    effects.strike = (_, what) =>
      what !== 'sync' && syncs === crashAt ? 'crash' : ((syncs += Number(what === 'sync')), undefined);
    const go = async (): Promise<void> => {
      if (world.isDown) {
        effects.strike = () => undefined;
        await world.restart();
      }
      await world.catchUp();
      await world.time.pass(500);
    };
    await world.boot();
    writer.write(3);
    await go();
    for (const name of names) {
      all[name]?.(writer);
      await go();
    }
    writer.write(2);
    const problems = (await world.heal()) ? await judge(world) : ['it does not come to rest'];
    return {
      syncs,
      problems: problems.map((problem) => `${names.join(', ')}; crash ${crashAt}: ${problem}`),
    };
  });
}

function sequences(length: number): readonly (readonly string[])[] {
  if (length === 0) return [[]];
  return sequences(length - 1).flatMap((before) => Object.keys(all).map((name) => [...before, name]));
}

test(
  `all sequences of up to ${operations} of 12 file operations, with a crash after each sync point (D3)`,
  { timeout: 600_000 },
  async () => {
    const wrong: string[] = [];
    let crashes = 0;
    for (let length = 1; length <= operations; length++) {
      for (const names of sequences(length)) {
        const { syncs, problems } = await workload(names, Infinity);
        wrong.push(...problems);
        for (let crashAt = 1; crashAt <= syncs; crashAt++) {
          wrong.push(...(await workload(names, crashAt)).problems);
          crashes++;
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(crashes).toBeGreaterThan(12 ** operations);
  },
);
