import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { CallFrame } from './cpu-profile.ts';

/** Where a function was written, before it was bundled. */
export interface Place {
  /** From the root of the checkout: `src/record/json.ts`. The URL, where there is no source map. */
  readonly file: string;
  /** From 1; 0 if it is not known. */
  readonly line: number;
}

/** Finds by the source maps beside the bundled files where functions were written; reads each map once. */
export class OriginalPlaces {
  readonly #maps = new Map<string, SourceMap | undefined>();

  of({ url, lineNumber, columnNumber }: CallFrame): Place {
    const map = this.#mapOf(url);
    if (map === undefined) return { file: url, line: 0 };
    const entry = map.findEntry(lineNumber, columnNumber);
    // What the bundler made itself is in the map, and comes from nowhere.
    const source: string | undefined = 'originalSource' in entry ? entry.originalSource : undefined;
    if (source === undefined || !('originalLine' in entry)) return { file: url, line: 0 };
    return { file: source.replace(/^.*?(?=(?:src|node_modules)\/)/, ''), line: entry.originalLine + 1 };
  }

  #mapOf(url: string): SourceMap | undefined {
    if (!url.startsWith('file:')) return undefined;
    if (!this.#maps.has(url)) this.#maps.set(url, readMap(`${fileURLToPath(url)}.map`));
    return this.#maps.get(url);
  }
}

function readMap(path: string): SourceMap | undefined {
  if (!existsSync(path)) return undefined;
  return new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as ConstructorParameters<typeof SourceMap>[0]);
}
