import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { Risk } from '../../plan/plan.ts';
import type { Message } from '../../plan/message.ts';
import type { Columns } from './columns.ts';
import type { DetectionSource } from './detection-schema.ts';
import { messageOf } from './message.ts';

/** The risk of a detection file; columns that it names and are none are problems of the file. */
export function riskOf(file: YamlFile, source: DetectionSource['risk'], columns: Columns): Risk | undefined {
  if (source === undefined) return undefined;
  for (const list of ['objects', 'threats'] as const) {
    for (const [index, { field }] of source[list].entries())
      columns.expect(field, ['risk', list, index, 'field']);
  }
  return {
    message: checkedMessage(file, source.message, columns),
    objects: source.objects.map(({ field, type, score, impact, confidence }) => ({
      field,
      type,
      score,
      impact,
      confidence,
    })),
    threats: source.threats,
  };
}

/** Every `{column}` has to be one; a brace that begins none is written `{{`. */
function checkedMessage(file: YamlFile, text: string, columns: Columns): Message {
  const path = ['risk', 'message'];
  const message = messageOf(text, (token) => {
    file.error(path, `"${token}" names no column; write {column}, or "{{" for a brace`);
  });
  for (const part of message) if (typeof part !== 'string') columns.expect(part.column, path);
  return message;
}
