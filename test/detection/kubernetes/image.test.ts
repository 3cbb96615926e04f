import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageName, parseImage } from '../../../src/detection/kubernetes/image.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('an image reference', () => {
  test.each([
    ['nginx', undefined, 'nginx', undefined, undefined],
    ['nginx:1.27', undefined, 'nginx', '1.27', undefined],
    ['library/nginx:1.27', undefined, 'library/nginx', '1.27', undefined],
    ['docker.io/evil/xmrig:latest', 'docker.io', 'evil/xmrig', 'latest', undefined],
    [`busybox@${digest}`, undefined, 'busybox', undefined, digest],
    [`quay.io/a/b:v1@${digest}`, 'quay.io', 'a/b', 'v1', digest],
    ['localhost/x', 'localhost', 'x', undefined, undefined],
    ['localhost:5000/x/y:2', 'localhost:5000', 'x/y', '2', undefined],
    ['203.0.113.80:5000/tools/loader', '203.0.113.80:5000', 'tools/loader', undefined, undefined],
    ['[2001:db8::1]:5000/a:t', '[2001:db8::1]:5000', 'a', 't', undefined],
    ['Upper/x', 'Upper', 'x', undefined, undefined],
    ['a__b/c---d.e_f', undefined, 'a__b/c---d.e_f', undefined, undefined],
    ['host.only:5000', undefined, 'host.only', '5000', undefined],
  ])('%s is read in its parts', (text, registry, repository, tag, hash) => {
    expect(parseImage(text)).toEqual({ registry, repository, tag, digest: hash });
  });

  test.each([
    ['', 'nothing'],
    ['NGINX', 'upper case in a repository'],
    ['nginx:', 'an empty tag'],
    [`nginx:${'t'.repeat(129)}`, 'a tag over 128 characters'],
    ['nginx:-x', 'a tag that begins with a dash'],
    ['nginx@sha256:abc', 'a digest that is too short'],
    ['nginx@', 'an empty digest'],
    ['a//b', 'an empty component'],
    ['/a', 'no first component'],
    ['a/', 'no last component'],
    ['a._b', 'two separators'],
    ['-host.io/a', 'a host that begins with a dash'],
    ['docker.io/', 'a registry without repository'],
    ['a b', 'a blank'],
    ['ｎginx', 'a letter that only looks like ASCII'],
    ['a'.repeat(256), 'a name over 255 characters'],
    [`${'a/'.repeat(100_000)}a`, 'a text without end'],
  ])('is refused with %o: %s', (text) => {
    expect(parseImage(text)).toBeUndefined();
  });

  test('put together from its parts is what was written', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}(?:(?:__|[._]|-{1,2})[a-z0-9]{1,4})?$/);
    const registry = fc.option(
      fc.constantFrom('docker.io', 'localhost', 'r.example:5000', '[::1]:80', 'HOST'),
      { nil: undefined },
    );
    const repository = fc.array(part, { minLength: 1, maxLength: 4 });
    const tag = fc.option(fc.stringMatching(/^\w[\w.-]{0,9}$/), { nil: undefined });
    const hash = fc.constantFrom(undefined, digest);
    const seen = { registry: 0, none: 0 };
    fc.assert(
      fc.property(registry, repository, tag, hash, (host, path, version, sum) => {
        // Without a registry a first component that looks like one would be taken for it.
        fc.pre(host !== undefined || path.length === 1 || !(path[0] ?? '').includes('.'));
        const name = [...(host === undefined ? [] : [host]), ...path].join('/');
        const text = `${name}${version === undefined ? '' : `:${version}`}${sum === undefined ? '' : `@${sum}`}`;
        const image = parseImage(text);
        expect(image).toEqual({ registry: host, repository: path.join('/'), tag: version, digest: sum });
        expect(image && imageName(image)).toBe(name);
        seen[host === undefined ? 'none' : 'registry']++;
      }),
      { seed: 11, numRuns: 300 },
    );
    expect(Math.min(seen.none, seen.registry)).toBeGreaterThan(20);
  });

  test('of any text is refused or gives back its name, and never fails', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'B', '0', '/', ':', '@', '.', '-', '_', '[', ']', ' '),
      maxLength: 12,
    });
    const seen = { parsed: 0, refused: 0 };
    fc.assert(
      fc.property(text, (given) => {
        const image = parseImage(given);
        seen[image === undefined ? 'refused' : 'parsed']++;
        if (image !== undefined) expect(given.startsWith(imageName(image))).toBe(true);
      }),
      { seed: 3, numRuns: 3_000 },
    );
    expect(Math.min(seen.parsed, seen.refused)).toBeGreaterThan(50);
  });
});
