import type { z } from 'zod';
import { unreachable } from '../../util/assert.ts';
import { didYouMean } from '../../util/suggest.ts';
import { redacted } from './secret.ts';

type Issue = z.core.$ZodIssue;

/**
 * What is wrong with `value`, which is undefined if it is missing. A schema's own message wins. A `hidden` value
 * is not shown.
 */
export function faultMessage(issue: Issue, value: unknown, hidden: boolean): string {
  if (issue.message !== '') return issue.message;
  if (value === undefined) return 'is required';
  const shown = hidden ? redacted : quoted(value);
  switch (issue.code) {
    case 'invalid_type':
      return wrongType([issue.expected], value, shown);
    case 'invalid_union':
      return wrongType(expectedTypes(issue.errors), value, shown);
    case 'invalid_value':
      return wrongValue(issue.values.map(String), value, shown);
    case 'too_small':
      return `${shown} is too small: at least ${bound(issue.minimum, issue.origin, issue.inclusive)}`;
    case 'too_big':
      return `${shown} is too big: at most ${bound(issue.maximum, issue.origin, issue.inclusive)}`;
    case 'invalid_format':
      return `${shown} is not a valid ${issue.format === 'regex' ? 'value' : issue.format}`;
    case 'not_multiple_of':
      return `${shown} is not a multiple of ${issue.divisor}`;
    case 'invalid_key':
    case 'invalid_element':
    case 'unrecognized_keys':
    case 'custom':
      return `${shown} is not valid here`;
    default:
      return unreachable(issue);
  }
}

function wrongValue(wanted: readonly string[], value: unknown, shown: string): string {
  if (wanted.length === 1) return `${shown} is not "${wanted[0]}"`;
  if (typeof value !== 'string' && wanted.includes(String(value))) {
    return `${shown} is not a text; put quotes around it`;
  }
  const guess = typeof value === 'string' ? didYouMean(value, wanted) : '';
  return `${shown} is not one of ${wanted.join(', ')}${guess}`;
}

function wrongType(expected: readonly string[], value: unknown, shown: string): string {
  const wanted = [...new Set(expected.map((type) => typeNames[type] ?? type))].join(' or ');
  const message = `${shown} is not ${wanted}`;
  if (expected.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) {
    return `${message}; put quotes around it`;
  }
  const bare = expected.includes('boolean') ? /^(?:true|false)$/ : /^-?\d+(?:\.\d+)?$/;
  const isBare =
    expected.some((type) => bareTypes.has(type)) && typeof value === 'string' && bare.test(value);
  return isBare ? `${message}; write it without quotes` : message;
}

function expectedTypes(errors: readonly (readonly Issue[])[]): string[] {
  return errors.flat().flatMap((issue) => {
    if (issue.path.length > 0) return [];
    if (issue.code === 'invalid_type') return [issue.expected];
    return issue.code === 'invalid_union' ? expectedTypes(issue.errors) : [];
  });
}

const bareTypes: ReadonlySet<string> = new Set(['number', 'int', 'boolean']);
const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'empty',
  never: 'allowed',
};

function bound(limit: number | bigint, origin: string, inclusive: boolean | undefined): string {
  const unit = { string: ' characters', array: ' entries' }[origin] ?? '';
  return `${inclusive === false ? 'not quite ' : ''}${limit}${unit}`;
}

function quoted(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : JSON.stringify(value);
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}...` : value);
}
