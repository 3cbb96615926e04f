import type { z } from 'zod';
import type { Path } from './path.ts';

type Issue = z.core.$ZodIssue;

/** One thing that a schema finds wrong: an issue of zod, but of a union only the most useful alternative's. */
export type Fault =
  | { readonly kind: 'unknown key'; readonly path: Path; readonly key: string }
  | { readonly kind: 'value'; readonly path: Path; readonly issue: Issue };

/** The faults in `issues`, whose paths are relative to `base`. */
export function faultsOf(issues: readonly Issue[], base: Path = []): Fault[] {
  return issues.flatMap((issue): Fault[] => {
    const path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({ kind: 'unknown key', path, key }));
      case 'invalid_union': {
        const chosen = issue.message === '' ? alternative(issue.errors) : undefined;
        return chosen === undefined ? [{ kind: 'value', path, issue }] : faultsOf(chosen, path);
      }
      case 'invalid_key':
      case 'invalid_element':
        return issue.message === '' && issue.issues.length > 0
          ? faultsOf(
              issue.issues.map((inner) => ({ ...inner, path: [] })),
              path,
            )
          : [{ kind: 'value', path, issue }];
      default:
        return [{ kind: 'value', path, issue }];
    }
  });
}

/** The alternative that was probably meant: the right type of value, and least wrong inside. Undefined if none is. */
function alternative(errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return errors
    .filter((issues) => issues.length > 0 && !issues.some(isWrongType))
    .toSorted((a, b) => a.length - b.length)[0];
}

function isWrongType(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_union');
}
