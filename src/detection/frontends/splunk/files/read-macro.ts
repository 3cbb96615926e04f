import { z } from 'zod';
import { check } from '../../../../util/yaml/check.ts';
import type { YamlFile } from '../../../../util/yaml/yaml-file.ts';
import { scalarText } from '../scalar-text.ts';
import type { Macro } from '../spl/macro.ts';
import { contentFields, texts } from './content-fields.ts';

const macroFile = z.strictObject({
  ...contentFields,
  definition: z.string(),
  arguments: texts,
  tags: z.looseObject({}).nullish(),
});

/** A macro file (spec/spl.md §4.2); undefined if something is wrong. */
export function readMacro(file: YamlFile): Macro | undefined {
  const { source } = check(file, macroFile);
  if (source === undefined) return undefined;
  for (const [index, name] of source.arguments.entries()) {
    if (source.arguments.indexOf(name) !== index) {
      file.error(['arguments', index], `the argument "${name}" is there twice`);
    }
  }
  if (file.failed) return undefined;
  return { name: source.name, args: source.arguments, definition: scalarText(file, ['definition']) };
}
