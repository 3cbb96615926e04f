import {
  appendFileSync,
  chmodSync,
  closeSync,
  copyFileSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { eventually, tailScene, type TailScene } from './tail-scene.ts';

const timeOf = (index: number): string => new Date(1_775_995_200_000 + index * 1_000).toISOString();

const linesOf = (from: number, to: number): readonly string[] =>
  Array.from(
    { length: to - from },
    (_, index) => `{"n":${from + index},"stageTimestamp":"${timeOf(from + index)}","annotations":{}}`,
  );

const textOf = (from: number, to: number): string =>
  linesOf(from, to)
    .map((line) => `${line}\n`)
    .join('');

const kindsOf = (scene: TailScene): readonly unknown[] =>
  scene.notices.map(({ attributes }) => attributes['riskpipe.notice.kind']);

/** A scene that has read the first 100 lines of `audit.log` and was stopped. */
async function stoppedScene(): Promise<TailScene> {
  const scene = tailScene();
  writeFileSync(scene.path('audit.log'), textOf(0, 100));
  await scene.start();
  await eventually(() => expect(scene.lines).toHaveLength(100));
  await scene.stop();
  return scene;
}

describe('a file that is gone after a restart', () => {
  test('leaves a gap that is told once, with the events around it', async () => {
    const scene = await stoppedScene();
    rmSync(scene.path('audit.log'));
    writeFileSync(scene.path('audit.log'), textOf(150, 160));
    for (let run = 0; run < 2; run++) {
      await scene.start();
      await eventually(() => expect(scene.lines).toHaveLength(110));
      await scene.stop();
    }
    expect(kindsOf(scene)).toEqual(['gap']);
    expect(scene.notices[0]?.attributes).toMatchObject({
      'riskpipe.notice.offset': textOf(0, 100).length,
      'riskpipe.notice.from': timeOf(99),
      'riskpipe.notice.to': timeOf(150),
    });
  });

  test('leaves none if a later file shows that it was read to its end', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), textOf(0, 10));
    await scene.start();
    await eventually(() => expect(scene.lines).toHaveLength(10));
    renameSync(scene.path('audit.log'), scene.path('audit-1.log'));
    writeFileSync(scene.path('audit.log'), textOf(10, 20));
    await eventually(() => expect(scene.lines).toHaveLength(20));
    await scene.stop();
    rmSync(scene.path('audit-1.log'));
    appendFileSync(scene.path('audit.log'), textOf(20, 30));
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(linesOf(0, 30)));
    expect(scene.notices).toEqual([]);
  });

  for (const [what, keep] of [
    ['a copy', (from: string, to: string) => copyFileSync(from, to)],
    ['an archive', (_: string, to: string) => writeFileSync(`${to}.gz`, gzipSync(textOf(0, 120)))],
  ] as const) {
    test(`leaves none if there is ${what} of it that no glob matches`, async () => {
      const scene = await stoppedScene();
      const path = scene.path('audit.log');
      appendFileSync(path, textOf(100, 120));
      keep(path, scene.path('audit.log.1'));
      rmSync(path);
      writeFileSync(path, textOf(120, 130));
      await scene.start();
      await eventually(() => expect(scene.texts).toEqual(linesOf(0, 130)));
      expect(scene.notices).toEqual([]);
    });
  }
});

test('a log that was copied and emptied is read to its end in the copy, whatever its name', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, textOf(0, 100));
  await scene.start();
  await eventually(() => expect(scene.lines).toHaveLength(100));
  await scene.stop();
  appendFileSync(path, textOf(100, 110));
  copyFileSync(path, scene.path('audit.log.1'));
  truncateSync(path);
  appendFileSync(path, textOf(110, 111));
  await scene.start();
  await eventually(() => expect(scene.texts).toEqual(linesOf(0, 111)));
  expect(scene.notices).toEqual([]);
});

test('a log that is emptied while it is followed is read on in its copy', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, textOf(0, 100));
  await scene.start();
  await eventually(() => expect(scene.lines).toHaveLength(100));
  writeFileSync(scene.path('audit.log.1'), textOf(0, 105));
  writeFileSync(path, textOf(105, 106));
  await eventually(() => expect(scene.texts).toEqual(linesOf(0, 106)));
  expect(scene.notices).toEqual([]);
});

describe('a copy of a log that is still read', () => {
  /** Resolves once the receiver has looked at everything that was there before. */
  const looked = async (scene: TailScene, marker: string): Promise<void> => {
    writeFileSync(scene.path(`${marker}.log`), `${marker}\n`);
    await eventually(() => expect(scene.texts).toContain(marker));
  };

  test('waits for the log, and goes on where that was read up to once it is emptied', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, textOf(0, 100));
    await scene.start();
    await eventually(() => expect(scene.lines).toHaveLength(100));
    copyFileSync(path, scene.path('audit-1.log'));
    await looked(scene, 'marker');
    expect(scene.texts).toEqual([...linesOf(0, 100), 'marker']);
    writeFileSync(path, textOf(100, 101));
    await eventually(() => expect(scene.texts).toEqual([...linesOf(0, 100), 'marker', ...linesOf(100, 101)]));
    expect(scene.notices).toEqual([]);
  });

  test('waits also if it was found before anything was in it', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, textOf(0, 100));
    writeFileSync(scene.path('audit-1.log'), '');
    await scene.start();
    await eventually(() => expect(scene.lines).toHaveLength(100));
    appendFileSync(scene.path('audit-1.log'), textOf(0, 50));
    await looked(scene, 'marker');
    appendFileSync(scene.path('audit-1.log'), textOf(50, 100));
    writeFileSync(path, textOf(100, 101));
    await eventually(() => expect(scene.texts).toEqual([...linesOf(0, 100), 'marker', ...linesOf(100, 101)]));
    expect(scene.notices).toEqual([]);
  });

  test('does not wait if it takes the place of the log, and is read on behind what was read', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, textOf(0, 100));
    await scene.start();
    await eventually(() => expect(scene.lines).toHaveLength(100));
    copyFileSync(path, scene.path('copy'));
    appendFileSync(scene.path('copy'), textOf(100, 101));
    renameSync(scene.path('copy'), path);
    await eventually(() => expect(scene.texts).toEqual(linesOf(0, 101)));
  });

  test('is read once there is more in it than in the log', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), textOf(0, 100));
    await scene.start();
    await eventually(() => expect(scene.lines).toHaveLength(100));
    copyFileSync(scene.path('audit.log'), scene.path('audit-1.log'));
    await looked(scene, 'marker');
    appendFileSync(scene.path('audit-1.log'), textOf(100, 101));
    await eventually(() => expect(scene.texts).toContain(linesOf(100, 101)[0]));
  });
});

test('a log that is emptied and grows again while it is read is read from its beginning', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, textOf(0, 100));
  await scene.start();
  await eventually(() => expect(scene.lines).toHaveLength(100));
  scene.refuse = () => {
    scene.refuse = () => {};
    writeFileSync(path, textOf(101, 300));
  };
  appendFileSync(path, textOf(100, 101));
  await eventually(() => expect(scene.texts).toEqual(linesOf(0, 300)));
  expect(kindsOf(scene)).toEqual(['file_truncated']);
});

// Root may read everything: become nobody for as long as the file must not be opened.
const canDrop = process.geteuid?.() === 0 && process.seteuid !== undefined;
for (const [what, name] of [
  ['where it was', 'audit.log'],
  ['under a name that nothing matches', 'audit.log.away'],
] as const) {
  test.skipIf(!canDrop)(`a known file that cannot be opened at the start, ${what}, is not gone`, async () => {
    const scene = await stoppedScene();
    appendFileSync(scene.path('audit.log'), textOf(100, 101));
    renameSync(scene.path('audit.log'), scene.path(name));
    chmodSync(scene.path(name), 0o600);
    chmodSync(scene.directory, 0o755);
    process.seteuid?.('nobody');
    try {
      await scene.start();
      await eventually(() =>
        expect(scene.log.lines.join('\n')).toContain(`cannot read ${scene.path(name)}: EACCES`),
      );
    } finally {
      process.seteuid?.(0);
    }
    await eventually(() => expect(scene.texts).toEqual(linesOf(0, 101)));
    expect(scene.notices).toEqual([]);
  });
}

describe('a file that has lost its end, as after a power cut', () => {
  test('is read again from the newest place that is as it was', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    for (let times = 0; times < 40; times++) {
      appendFileSync(path, textOf(times * 50, times * 50 + 50));
      await scene.start();
      await eventually(() => expect(scene.lines).toHaveLength(times * 50 + 50));
      await scene.stop();
    }
    const lost = textOf(1_930, 2_000).length;
    truncateSync(path, textOf(0, 2_000).length - lost);
    appendFileSync(path, textOf(3_000, 3_100));
    await scene.start();
    await eventually(() => expect(scene.texts.at(-1)).toBe(linesOf(3_099, 3_100)[0]));
    expect(kindsOf(scene)).toEqual(['source_regressed']);
    expect(scene.counted).toMatchObject({ source_regressed: 1 });
    const again = scene.texts.slice(2_000);
    expect(again.slice(-100)).toEqual(linesOf(3_000, 3_100));
    const first = Number(/\d+/.exec(again[0] ?? '')?.[0]);
    expect(first).toBeGreaterThanOrEqual(1_800);
    expect(again).toEqual([...linesOf(first, 1_930), ...linesOf(3_000, 3_100)]);
  });

  test('is not taken for one that was replaced long ago and began alike', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, textOf(0, 40));
    await scene.start();
    await eventually(() => expect(scene.lines).toHaveLength(40));
    appendFileSync(path, textOf(40, 60));
    await eventually(() => expect(scene.lines).toHaveLength(60));
    writeFileSync(path, textOf(1_000, 1_100));
    await eventually(() => expect(scene.lines).toHaveLength(160));
    writeFileSync(path, `${textOf(0, 40)}${textOf(2_000, 2_100)}`);
    await eventually(() => expect(scene.lines).toHaveLength(300));
    await scene.stop();
    appendFileSync(path, textOf(2_100, 2_101));
    await scene.start();
    await eventually(() => expect(scene.texts.slice(300)).toEqual(linesOf(2_100, 2_101)));
    expect(kindsOf(scene)).toEqual(['file_truncated', 'file_truncated']);
  });

  test('keeps few places, farther apart the older they are', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, '');
    await scene.start();
    for (let times = 0; times < 60; times++) {
      appendFileSync(path, textOf(times * 50, times * 50 + 50));
      await eventually(() => expect(scene.lines).toHaveLength(times * 50 + 50));
    }
    const [row] = scene.positions as readonly { evidence: { guards: readonly { start: number }[] } }[];
    const starts = row?.evidence.guards.map(({ start }) => start) ?? [];
    expect(starts.length).toBeLessThanOrEqual(16);
    expect(starts.length).toBeGreaterThan(4);
    const back = starts.map((start) => (starts[0] ?? 0) - start);
    for (let at = 2; at + 1 < back.length; at++)
      expect(back[at + 1]).toBeGreaterThan(2 * (back[at - 1] ?? 0));
  });
});

test('a file that grows without a name is read on, and told once', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, textOf(0, 10));
  await scene.start();
  await eventually(() => expect(scene.lines).toHaveLength(10));
  const descriptor = openSync(path, 'a');
  rmSync(path);
  let written = 10;
  const write = (): number => writeSync(descriptor, textOf(written, ++written));
  await eventually(() => {
    write();
    expect(kindsOf(scene)).toEqual(['source_unlinked']);
  });
  for (let times = 0; times < 3; times++) {
    write();
    await eventually(() => expect(scene.texts).toEqual(linesOf(0, written)));
  }
  closeSync(descriptor);
  expect(kindsOf(scene)).toEqual(['source_unlinked']);
});

describe('an encoding that no API server writes', () => {
  for (const [what, swap] of [
    ['little end first', false],
    ['big end first', true],
  ] as const) {
    test(`UTF-16, ${what}, is told once and left alone`, async () => {
      const scene = tailScene();
      const bytes = Buffer.from(`\ufeff${textOf(0, 100)}`, 'utf16le');
      writeFileSync(scene.path('audit.log'), swap ? bytes.swap16() : bytes);
      writeFileSync(scene.path('other.log'), 'one\n');
      for (let run = 0; run < 2; run++) {
        await scene.start();
        await eventually(() => expect(scene.texts).toEqual(['one']));
        await eventually(() => expect(kindsOf(scene)).toEqual(['encoding_refused']));
        await scene.stop();
      }
      expect(scene.counted).toMatchObject({ lines: 1 });
    });
  }
});

test('a link to nothing is told, and followed once it leads somewhere', async () => {
  const scene = tailScene();
  symlinkSync(scene.path('real'), scene.path('audit.log'));
  await scene.start();
  await eventually(() =>
    expect(scene.log.lines.join('\n')).toContain('is a link to nothing; waiting for what it leads to'),
  );
  writeFileSync(scene.path('real'), 'one\n');
  await eventually(() => expect(scene.texts).toEqual(['one']));
});
