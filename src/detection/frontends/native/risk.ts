import type { Risk } from '../../plan/plan.ts';
import type { Columns } from './columns.ts';
import type { DetectionSource } from './detection-schema.ts';
import type { YamlFile } from './yaml-file.ts';

/** The risk of a detection file; columns that it names and are none are problems of the file. */
export function riskOf(file: YamlFile, source: DetectionSource['risk'], columns: Columns): Risk | undefined {
  if (source === undefined) return undefined;
  checkMessage(file, source.message, columns);
  for (const list of ['objects', 'threats'] as const) {
    for (const [index, { field }] of source[list].entries())
      columns.expect(field, ['risk', list, index, 'field']);
  }
  return {
    message: source.message,
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
function checkMessage(file: YamlFile, message: string, columns: Columns): void {
  const path = ['risk', 'message'];
  for (const [token, column] of message.matchAll(/\{\{|\{([^{}]*)\}|\{/g)) {
    if (column !== undefined && column !== '') columns.expect(column, path);
    else if (token !== '{{')
      file.error(path, `"${token}" names no column; write {column}, or "{{" for a brace`);
  }
}
