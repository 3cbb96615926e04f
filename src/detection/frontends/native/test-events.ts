import { JsonObject, parseJson } from '../../../record/json.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { textsOf, type YamlTree } from '../../../util/yaml/yaml-tree.ts';
import type { DetectionTest } from '../frontend.ts';
import type { Columns } from './columns.ts';
import type { DetectionSource } from './detection-schema.ts';

/** The tests of a detection file, their events as JSON text; columns that are none are problems of the file. */
export function testsOf(file: YamlFile, source: DetectionSource['tests'], columns: Columns): DetectionTest[] {
  return source.map(({ name, events, expect }, index) => ({
    name,
    events: events.map((event, at) => {
      const path = ['tests', index, 'events', at];
      const tree = file.treeAt(path);
      const json = typeof event === 'string' ? event : tree ? jsonOf(tree) : '';
      if (!(parseJson(json) instanceof JsonObject)) file.error(path, 'is not one JSON object');
      return json.replaceAll(/[\r\n]+/g, ' ');
    }),
    expect: expect.map((row, at) => {
      const path = ['tests', index, 'expect', at];
      const texts = Object.keys(row).map((column): [string, string[]] => {
        columns.expect(column, [...path, column]);
        const tree = file.treeAt([...path, column]);
        return [column, tree ? textsOf(tree) : []];
      });
      return Object.fromEntries(texts);
    }),
    line: file.place(['tests', index]).line,
  }));
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A value as JSON; numbers as the file writes them where JSON can. */
function jsonOf(tree: YamlTree): string {
  const { value, source, children } = tree;
  if (Array.isArray(value)) return `[${Array.from(children.values(), jsonOf).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Array.from(children, ([key, child]) => `${JSON.stringify(key)}:${jsonOf(child)}`).join(',')}}`;
  }
  if (typeof value === 'number' && source !== undefined && jsonNumber.test(source)) return source;
  return JSON.stringify(value);
}
