import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { YamlPath } from '../../../util/yaml/yaml-tree.ts';
import type { SourceText } from './spl/source-text.ts';

/** The text at `path` of a YAML file; each of its characters knows where the file has it. Empty if there is no text. */
export function scalarText(file: YamlFile, path: YamlPath): SourceText {
  const value = file.treeAt(path)?.value;
  const placeOf = file.placesIn(path);
  return {
    text: typeof value === 'string' ? value : '',
    at: (offset) => ({ file: file.path, ...placeOf(offset), through: [] }),
  };
}
