import type { YamlFile } from '../../../../util/yaml/yaml-file.ts';
import { readCurrentDetection } from './current-detection.ts';
import type { DetectionSource } from './detection-source.ts';
import { isOlderDetection, readOlderDetection } from './older-detection.ts';

/** A detection file of either schema; undefined if something is wrong, which is then among the file's problems. */
export function readDetection(file: YamlFile): DetectionSource | undefined {
  const source = isOlderDetection(file) ? readOlderDetection(file) : readCurrentDetection(file);
  if (source === undefined) return undefined;
  checkTechniques(file, source.tags.mitre_attack_id);
  checkThrottling(file, source);
  return source;
}

/** A sub-technique says all that its technique would (spec/spl.md §4.1). */
function checkTechniques(file: YamlFile, ids: readonly string[]): void {
  for (const [index, id] of ids.entries()) {
    const inner = ids.find((other) => other.startsWith(`${id}.`));
    if (inner !== undefined) {
      file.error(
        ['tags', 'mitre_attack_id', index],
        `"${id}" is there with its sub-technique "${inner}"; leave it out`,
      );
    }
  }
}

function checkThrottling(file: YamlFile, { search, tags }: DetectionSource): void {
  for (const [index, field] of (tags.throttling?.fields ?? []).entries()) {
    if (!search.includes(field)) {
      file.error(['tags', 'throttling', 'fields', index], `"${field}" does not occur in the search`);
    }
  }
}
