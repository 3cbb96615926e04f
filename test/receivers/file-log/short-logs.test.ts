import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { eventually, tailScene, type TailScene } from './tail-scene.ts';

const event = (number: number): string =>
  `{"auditID":"a-${number}","stageTimestamp":"2026-11-22T13:30:47.${number}Z"}`;
const [one, two, three] = [event(100_001), event(100_002), event(100_003)];

// Each of them is far shorter than what a longer log is known by.

/** A scene in which `audit.log` holds one event, which was read. */
async function readOne(options: (scene: TailScene) => object = () => ({})): Promise<{
  readonly scene: TailScene;
  readonly path: string;
}> {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, `${one}\n`);
  await scene.start(options(scene));
  await eventually(() => expect(scene.texts).toEqual([one]));
  return { scene, path };
}

const rotated = (scene: TailScene): object => ({ include: scene.path('audit*') });

test('what takes the place of a short log that was read, and begins with its event, is read on', async () => {
  const { scene, path } = await readOne();
  await scene.stop();
  writeFileSync(scene.path('restored.log'), `${one}\n${two}\n`);
  rmSync(path);
  await scene.start();
  await eventually(() => expect(scene.texts).toEqual([one, two]));
});

test('what takes its place while it is followed is read on, too, and so is what its writer goes on with', async () => {
  const { scene, path } = await readOne();
  const writer = openSync(path, 'a');
  onTestFinished(() => closeSync(writer));
  writeFileSync(scene.path('aside'), `${one}\n${two}\n`);
  renameSync(scene.path('aside'), path);
  await eventually(() => expect(scene.texts).toEqual([one, two]));
  writeSync(writer, `${three}\n`);
  await eventually(() => expect(scene.texts).toEqual([one, two, three]));
});

test('what took its place while it was followed is read on after a restart, and nothing of it again', async () => {
  const { scene, path } = await readOne();
  writeFileSync(scene.path('aside'), `${one}\n${two}\n`);
  renameSync(scene.path('aside'), path);
  await eventually(() => expect(scene.texts).toEqual([one, two]));
  await scene.stop();
  await scene.start();
  appendFileSync(path, `${three}\n`);
  await eventually(() => expect(scene.texts).toContain(three));
  expect(scene.texts).toEqual([one, two, three]);
});

test('one that begins with another event is read from its beginning', async () => {
  const { scene, path } = await readOne();
  await scene.stop();
  writeFileSync(scene.path('other.log'), `${two}\n${one}\n`);
  rmSync(path);
  await scene.start();
  await eventually(() => expect(scene.texts).toEqual([one, two, one]));
});

test('the copy that copytruncate makes of a short log is not read as another one', async () => {
  const { scene, path } = await readOne(rotated);
  copyFileSync(path, scene.path('audit.log.1'));
  appendFileSync(path, `${two}\n`);
  await eventually(() => expect(scene.texts).toContain(two));
  truncateSync(path);
  appendFileSync(path, `${three}\n`);
  await eventually(() => expect(scene.texts).toContain(three));
  expect(scene.texts).toEqual([one, two, three]);
});

test('an archive of a short log is known by its content under another name, too', async () => {
  const { scene, path } = await readOne(rotated);
  await scene.stop();
  writeFileSync(scene.path('audit.log.1.gz'), gzipSync(`${one}\n${two}\n`));
  writeFileSync(path, `${three}\n`);
  await scene.start(rotated(scene));
  await eventually(() => expect(scene.texts.toSorted()).toEqual([one, two, three]));
});
