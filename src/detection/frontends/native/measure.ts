import type { Measure } from '../../plan/plan.ts';
import { didYouMean } from '../../../util/suggest.ts';
import { parseFieldName } from './field-name.ts';

const functions = ['count', 'distinct', 'values', 'min', 'max', 'sum', 'first', 'last'] as const;

/** `count()` or `distinct(user.username)`: a function and the field it measures. A text says what is wrong. */
export function parseMeasure(as: string, text: string): Measure | string {
  const [, name, inside] = /^(\w+)\s*\((.*)\)$/.exec(text.trim()) ?? [];
  const argument = inside?.trim();
  if (name === undefined || argument === undefined) {
    return `"${text}" is no measure; write a function and a field, such as "count()" or "distinct(user.username)"`;
  }
  const of = functions.find((known) => known === name);
  if (of === undefined) {
    return `there is no measure "${name}", only ${functions.join(', ')}${didYouMean(name, functions)}`;
  }
  if (of === 'count') {
    return argument === ''
      ? { as, of, field: undefined }
      : `"count" counts events and takes no field; write "count()", or "distinct(${argument})" for different values`;
  }
  if (argument === '') return `"${of}" needs a field, such as "${of}(user.username)"`;
  const field = parseFieldName(argument);
  return typeof field === 'string' ? field : { as, of, field };
}
