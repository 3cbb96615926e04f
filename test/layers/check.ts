import { dirname, join, normalize } from 'node:path/posix';
import { independent, layers, packages } from './table.ts';

/** A file of `src`: its path relative to `src`, with slashes, and its text. */
export type Sources = ReadonlyMap<string, string>;

/** What a file asks for: `./x.ts`, `zod`, `node:fs`; `undefined` for an `import()` whose target is computed. */
export type Import = string | undefined;

// No compiler API to ask: these cover `import x from`, `import type`, `export .. from`, `import 'x'`, and
// `import('x')`, which is both the dynamic import and the type `import('x').T`. `from` needs no `import` before
// it here, since no other syntax puts the word in front of a string.
const named = /\bfrom\s*(['"])([^'"\n]+)\1/g;
const bare = /\bimport\s*(['"])([^'"\n]+)\1/g;
const called = /\bimport\s*\(\s*(?:(['"`])([^'"`$\n]+)\1)?/g;
const comment = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** Everything that `text` imports, in no particular order. */
export function importsOf(text: string): readonly Import[] {
  const code = text.replace(comment, '');
  return [named, bare, called].flatMap((pattern) =>
    Array.from(code.matchAll(pattern), ([, , target]): Import => target),
  );
}

/** The layer that `path` belongs to; undefined if the table has none. */
export function layerOf(path: string): string | undefined {
  for (let part = path; part !== '.'; part = dirname(part)) {
    if (Object.hasOwn(layers, part)) return part;
  }
  return undefined;
}

/** Every import that the table forbids, as a sentence that names the file and the import. */
export function forbiddenImports(sources: Sources): readonly string[] {
  return [...sources].flatMap(([path, text]) => {
    const from = layerOf(path);
    if (from === undefined)
      return [`src/${path} belongs to no layer; add its folder to test/layers/table.ts`];
    return importsOf(text).flatMap((target) => {
      const wrong = whatIsWrong(path, from, target);
      return wrong === undefined ? [] : [`src/${path} imports ${target ?? 'a computed name'}: ${wrong}`];
    });
  });
}

function whatIsWrong(path: string, from: string, target: Import): string | undefined {
  if (target === undefined) return 'only a name in quotes can be checked';
  if (!target.startsWith('.')) return wrongPackage(from, target);
  const wanted = normalize(join(dirname(path), target));
  // Outside src there is only package.json to ask for.
  if (wanted.startsWith('..')) return wanted === '../package.json' ? undefined : 'it lies outside src';
  const to = layerOf(wanted);
  if (to === undefined) return 'it belongs to no layer';
  if (to === 'main.ts') return 'nothing imports main';
  if (to === from) return wrongNeighbour(path, wanted, from);
  const allowed = layers[from] ?? [];
  return allowed.includes('*') || allowed.includes(to) ? undefined : `${from} may not know ${to}`;
}

function wrongPackage(from: string, target: string): string | undefined {
  for (const [prefix, allowed] of Object.entries(packages)) {
    if (target.startsWith(prefix) && !allowed.includes(from)) return `only ${allowed.join(' and ')} may`;
  }
  return undefined;
}

function wrongNeighbour(path: string, wanted: string, layer: string): string | undefined {
  if (!independent.includes(layer) || partOf(path) === partOf(wanted)) return undefined;
  return 'no component imports another';
}

/** `receivers/file-log/tail.ts` and `receivers/file-log.ts` are parts of one component. */
const partOf = (path: string): string | undefined => path.split('/')[1]?.replace(/\.ts$/, '');
