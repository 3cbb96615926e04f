import { z } from 'zod';
import { didYouMean } from '../suggest.ts';
import type { YamlFile } from './yaml-file.ts';
import type { YamlPath } from './yaml-tree.ts';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/**
 * Checks a file against a schema; what is wrong is added to the file's problems, all of it at once.
 * `wrong`: the keys of the file's top level with something wrong in them.
 */
export function check<T>(
  file: YamlFile,
  schema: z.ZodType<T>,
): { readonly source: T | undefined; readonly wrong: ReadonlySet<string> } {
  const result = schema.safeParse(file.value, { error: messageOf });
  if (result.success) return { source: result.data, wrong: new Set() };
  for (const issue of result.error.issues) report(file, issue, []);
  const keys = result.error.issues.flatMap((issue): readonly string[] =>
    issue.path.length === 0 && issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])],
  );
  return { source: undefined, wrong: new Set(keys) };
}

function report(file: YamlFile, issue: Issue, above: YamlPath): void {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    for (const [index, key] of issue.keys.entries()) {
      file.error([...path, key], messages[index] ?? 'unknown key', 'key');
    }
    return;
  }
  if (file.treeAt(path) === undefined) {
    file.error(path, 'is missing');
    return;
  }
  const branch = issue.code === 'invalid_union' ? nearestBranch(issue.errors) : undefined;
  if (branch) for (const inner of branch) report(file, inner, path);
  else file.error(path, issue.message);
}

/** The alternative that a person meant: of those that take this kind of value, the one with the least wrong. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = branches.filter((issues) => !issues.some(isOtherKind));
  const weight = (issues: readonly Issue[]): number =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  return meant.toSorted((a, b) => weight(a) - weight(b))[0];
}

const isOtherKind = (issue: Issue): boolean =>
  issue.path.length === 0 &&
  (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union');

/** Our words for what zod found. A schema's own `error` goes before them. */
function messageOf(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kindOf(issue.expected)}, not ${shown(issue.input)}`;
    case 'invalid_value': {
      const known = issue.values.map(String);
      const guess = typeof issue.input === 'string' ? didYouMean(issue.input, known) : '';
      return `${shown(issue.input)} is not one of ${known.join(', ')}${guess}`;
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => `unknown key${didYouMean(key, keysOf(issue.inst))}`).join('\n');
    case 'too_small':
      return issue.origin === 'number' ? `must be at least ${issue.minimum}` : 'must not be empty';
    case 'too_big':
      return issue.origin === 'number'
        ? `must be at most ${issue.maximum}`
        : `must not be longer than ${issue.maximum}`;
    default:
      return undefined;
  }
}

const keysOf = (schema: unknown): readonly string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

function kindOf(expected: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    array: 'a list',
    object: 'a map',
    record: 'a map',
    boolean: 'true or false',
    number: 'a number',
    int: 'a whole number',
  };
  return kinds[expected] ?? expected;
}

/** A value as a message shows it: short, and never a whole structure. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return 'nothing';
  const text = String(value);
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
