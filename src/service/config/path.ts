/** Where a value is in a configuration: keys of maps and indexes of lists, outermost first. */
export type Path = readonly (string | number)[];

/** `service.pipelines.logs.exporters[0]`, for messages; cut if a key makes it longer than a screen is wide. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}
