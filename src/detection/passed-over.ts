import type { Problem } from '../util/problem.ts';
import { nearest } from '../util/suggest.ts';
import { topLevelKeys } from '../util/yaml/top-level-keys.ts';
import { YamlFile } from '../util/yaml/yaml-file.ts';
import type { DetectionFile } from './frontends/frontend.ts';
import { checkReference } from './frontends/splunk/files/check-reference.ts';
import { contentKind } from './frontends/splunk/files/content-kind.ts';

/**
 * What to say of a file among the detections that no frontend takes. It is an error if it looks like something that was
 * meant to have an effect, and has none here; else a warning, and the file is passed over.
 */
export function passedOver(file: DetectionFile): readonly Problem[] {
  const kind = contentKind(file.text);
  switch (kind) {
    case undefined:
    case 'detection':
      return [noDetection(file)];
    case 'macro':
    case 'deployment':
    case 'lookup':
      return [problem('warning', file, `passed over: looks like a Splunk ${kind}; name it under "${kind}s"`)];
    case 'story':
    case 'data source':
      return referenceProblems(file, kind);
    default:
      return [problem('warning', file, `passed over: looks like a Splunk ${kind}, which is no detection`)];
  }
}

/** Detections run without what they name only: what is wrong with it is no error. */
function referenceProblems(file: DetectionFile, kind: 'story' | 'data source'): readonly Problem[] {
  const yaml = new YamlFile(file);
  if (!yaml.failed) checkReference(yaml, kind);
  return yaml.problems.map((found) => ({ ...found, severity: 'warning' }));
}

function noDetection(file: DetectionFile): Problem {
  const keys = [...topLevelKeys(file.text).keys()];
  const has = (...names: readonly string[]): boolean => names.every((name) => keys.includes(name));
  if (has('allowlist')) {
    return problem('error', file, 'no detection: looks like an allowlist; name it under "allowlists"');
  }
  if (has('logsource', 'detection')) {
    const message = 'no detection: looks like a Sigma rule; they are not supported in this version';
    return problem('error', file, message);
  }
  const expected = 'a detection file has a key "detection" with its id, or is a Splunk ESCU detection';
  const typo = keys.find((key) => nearest(key, ['detection']) !== undefined);
  return typo === undefined
    ? problem('warning', file, `passed over, no detection: ${expected}`)
    : problem('error', file, `no detection: ${expected}; did you mean "detection" by "${typo}"?`);
}

const problem = (severity: Problem['severity'], file: DetectionFile, message: string): Problem => ({
  severity,
  file: file.path,
  line: 0,
  column: 0,
  path: '',
  message,
});
