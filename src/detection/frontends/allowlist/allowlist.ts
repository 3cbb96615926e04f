import type { Problem } from '../../../util/problem.ts';
import { parseTime, type Time } from '../../../record/time.ts';
import { check } from '../../../util/yaml/check.ts';
import { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { anyOf } from '../../plan/combine.ts';
import type { AllowEntry } from '../../plan/plan.ts';
import type { DetectionFile } from '../frontend.ts';
import { compileCondition } from '../native/condition.ts';
import { parseFieldName } from '../native/field-name.ts';
import { allowlistFile } from './allowlist-schema.ts';

/** A compiled allowlist. With an error among `problems` it has no id and no entries. */
export interface Allowlist {
  readonly id: string | undefined;
  readonly entries: readonly AllowEntry[];
  readonly problems: readonly Problem[];
}

/** Compiles an allowlist file. Total: bad input comes back as problems. */
export function compileAllowlist(file: DetectionFile): Allowlist {
  const yaml = new YamlFile(file);
  const source = yaml.failed ? undefined : check(yaml, allowlistFile).source;
  const entries = (source?.entries ?? []).map(({ owner, reason, expires }, index): AllowEntry => {
    const path = ['entries', index];
    const tree = yaml.treeAt([...path, 'where']);
    return {
      allowlist: source?.allowlist ?? '',
      index,
      where: tree ? compileCondition(yaml, tree, parseFieldName) : anyOf([]),
      owner,
      reason,
      expires: expires === undefined ? undefined : expiry(yaml, [...path, 'expires'], expires),
    };
  });
  const { problems } = yaml;
  return yaml.failed
    ? { id: undefined, entries: [], problems }
    : { id: source?.allowlist, entries, problems };
}

/** A date is the beginning of that day in UTC. */
function expiry(yaml: YamlFile, path: readonly (string | number)[], text: string): Time | undefined {
  const time = parseTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time === undefined) {
    yaml.error(path, `"${text}" is neither a date nor a time; write 2027-06-30 or 2027-06-30T12:00:00Z`);
  }
  return time;
}
