import { appendFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { eventually, replay, tailScene } from '../tail-scene.ts';
import { partsOf, wrapped, writeCri, writeDocker } from './container-log.ts';

const operators = [{ type: 'container' }];
const text = `{"long":"${'x'.repeat(90)}"}`;
const [first = '', ...others] = partsOf({ stream: 'stdout', text }, 40, writeCri);
const rest = others.join('');
/** Of a line that is whole. */
const [before, behind] = [wrapped(['{"a":1}']), wrapped(['{"b":1}'])];
const rotated = '0.log.20261122-133047';

describe('a line that a rotation has cut is handed on as one:', () => {
  for (const [what, write] of [
    ['containerd', writeCri],
    ['Docker', writeDocker],
  ] as const) {
    test(`live, ${what}`, async () => {
      const scene = tailScene();
      const path = scene.path('0.log');
      const [begun = '', ...ends] = partsOf({ stream: 'stdout', text }, 40, write);
      writeFileSync(path, wrapped(['{"a":1}'], 40, write) + begun);
      await scene.start({ operators, include: path });
      await eventually(() => expect(scene.texts).toEqual(['{"a":1}']));
      renameSync(path, scene.path(rotated));
      const next = ends.join('') + wrapped(['{"b":1}'], 40, write);
      writeFileSync(path, next);
      await eventually(() => expect(scene.texts).toEqual(['{"a":1}', text, '{"b":1}']));
      const length = wrapped(['{"a":1}'], 40, write).length + begun.length + next.length;
      expect(scene.counted).toEqual({ lines: 3, bytes: length });
      expect(scene.lines.map(({ end }) => end).at(-1)).toBe(next.length);
    });
  }

  test('rotated while nobody ran', async () => {
    const scene = tailScene();
    const path = scene.path('0.log');
    writeFileSync(path, before + first);
    await scene.start({ operators, include: path });
    await eventually(() => expect(scene.texts).toEqual(['{"a":1}']));
    await scene.stop();
    renameSync(path, scene.path(rotated));
    writeFileSync(path, rest + behind);
    await scene.start({ operators, include: path });
    await eventually(() => expect(scene.texts).toEqual(['{"a":1}', text, '{"b":1}']));
  });

  test('when its last part comes later, and the old name matches as well', async () => {
    const scene = tailScene();
    const path = scene.path('0.log');
    writeFileSync(path, before + first);
    await scene.start({ operators, include: `${path}*` });
    await eventually(() => expect(scene.texts).toEqual(['{"a":1}']));
    renameSync(path, scene.path(rotated));
    writeFileSync(path, rest.slice(0, 70));
    await eventually(() => expect(scene.positions).toHaveLength(2));
    appendFileSync(path, rest.slice(70) + behind);
    await eventually(() => expect(scene.texts).toEqual(['{"a":1}', text, '{"b":1}']));
  });

  test('in a replay, which says nothing of a line that was left', async () => {
    const scene = tailScene();
    const older = scene.path('0.log.20261121-133047');
    writeFileSync(older, wrapped(['{"z":1}']));
    utimesSync(older, 0, 0);
    writeFileSync(scene.path(rotated), before + first);
    utimesSync(scene.path(rotated), 1, 1);
    writeFileSync(scene.path('0.log'), rest + behind);
    await replay(scene, { operators, include: scene.path('0.log*') });
    expect(scene.texts).toEqual(['{"z":1}', '{"a":1}', text, '{"b":1}']);
    expect(scene.log.lines.filter((line) => line.startsWith('warn'))).toEqual([]);
  });

  test('once, over a restart behind it', async () => {
    const scene = tailScene();
    writeFileSync(scene.path(rotated), before + first);
    utimesSync(scene.path(rotated), 1, 1);
    writeFileSync(scene.path('0.log'), rest + behind);
    for (let run = 0; run < 2; run++) {
      await scene.start({ operators, include: scene.path('0.log*') });
      await eventually(() => expect(scene.caughtUpBy).toHaveLength(run + 1));
      await scene.stop();
    }
    expect(scene.texts).toEqual(['{"a":1}', text, '{"b":1}']);
    const ends = [before + first, rest + behind].map(({ length: offset }) =>
      expect.objectContaining({ offset }),
    );
    expect(scene.positions).toHaveLength(2);
    expect(scene.positions).toEqual(expect.arrayContaining(ends));
  });

  test('not lost when nobody takes it at first', async () => {
    const scene = tailScene();
    writeFileSync(scene.path(rotated), before + first);
    utimesSync(scene.path(rotated), 1, 1);
    writeFileSync(scene.path('0.log'), rest + behind);
    let refusals = 2;
    scene.refuse = (batch) => {
      if (batch.size > 0 && batch.line(0).text === text && refusals-- > 0) throw new Error('full');
    };
    await scene.start({ operators, include: scene.path('0.log*') });
    await eventually(() => expect(scene.texts).toEqual(['{"a":1}', text, '{"b":1}']));
    expect(refusals).toBe(-1);
  });
});

describe('what is not one line is handed on as it is, and none of it lost:', () => {
  const begun = text.slice(0, 40);
  for (const [what, next, lines] of [
    ['when the next file begins with a whole line', behind, ['{"b":1}']],
    [
      'when a line of others comes first',
      `2026-11-22T13:30:47.5Z stderr F klog\n${rest}`,
      ['klog', text.slice(40)],
    ],
    ['when its end does not come', others[0] ?? '', []],
  ] as const) {
    test(what, async () => {
      const scene = tailScene();
      const path = scene.path('0.log');
      writeFileSync(path, first);
      await scene.start({ operators, include: path });
      await eventually(() => expect(scene.caughtUpBy).toHaveLength(1));
      renameSync(path, scene.path(rotated));
      writeFileSync(path, next);
      await eventually(() => expect(scene.texts.toSorted()).toEqual([...lines, begun].toSorted()));
      appendFileSync(path, wrapped(['{"c":1}']));
      await eventually(() => expect(scene.texts.at(-1)).toMatch(/{"c":1}$/));
    });
  }
});
