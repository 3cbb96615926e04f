import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copiesOf, lastOf, stagesOf } from './image/dockerfile.ts';

describe('the Dockerfile', () => {
  const stages = stagesOf('Dockerfile');
  const [build, image] = stages;
  if (build === undefined || image === undefined) throw new Error('the Dockerfile has no two stages');
  const all = stages.flatMap(({ instructions }) => instructions);

  test('builds on images of a version, and with the Node that the package asks for', () => {
    expect(stages).toHaveLength(2);
    for (const stage of stages) expect(stage.image).toMatch(/:(?!latest)\S+$/);
    const versions = stages.map(({ image }) => /(?:node:|nodejs)(\d+)/.exec(image)?.[1]);
    expect(new Set(versions).size).toBe(1);
    expect(Number(versions[0])).toBeGreaterThanOrEqual(20);
  });

  test('ends as a user without rights, in an image that nothing is run in', () => {
    expect(lastOf(image, 'USER')).toBe('65532:65532');
    const names = new Set(image.instructions.map(({ name }) => name));
    expect([...names].toSorted()).toEqual(['CMD', 'COPY', 'ENTRYPOINT', 'USER', 'WORKDIR']);
    expect(image.image).toContain('distroless');
  });

  test('fetches nothing but what the lock file names, and runs no install script', () => {
    expect(all.filter(({ name }) => name === 'ADD')).toEqual([]);
    const installs = all.filter(({ text }) => /npm (?:ci|i|install|prune|add)\b/.test(text));
    expect(installs.length).toBeGreaterThan(0);
    for (const { text } of installs) expect(text).toMatch(/npm (?:ci|prune)\b.*--ignore-scripts/);
  });

  test('copies what is there and what is let into the build', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const own = stages.flatMap(copiesOf).filter(({ from }) => from === '');
    const sources = own.flatMap(({ sources }) => sources);
    expect(sources.filter((path) => !existsSync(path) || !allowed.includes(path))).toEqual([]);
    expect(allowed.toSorted()).toEqual(sources.toSorted());
    const froms = stages.flatMap(copiesOf).map(({ from }) => from);
    expect(froms.filter((from) => from !== '' && from !== build.name)).toEqual([]);
  });

  test('starts the program that it has copied, with the configuration that the manifests mount', () => {
    const [node, main = ''] = JSON.parse(lastOf(image, 'ENTRYPOINT')) as readonly string[];
    // Where distroless has it.
    expect(node).toBe('/nodejs/bin/node');
    const folders = copiesOf(image).map(({ target }) => posix.join(lastOf(image, 'WORKDIR'), target));
    expect(folders).toContain(posix.dirname(main));
    expect(existsSync(posix.join('dist', posix.basename(main)))).toBe(true);
    expect(JSON.parse(lastOf(image, 'CMD'))).toEqual(['--config', '/etc/riskpipe/config.yaml']);
  });
});
