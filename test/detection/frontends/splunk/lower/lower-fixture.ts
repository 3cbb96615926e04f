import { expect } from 'vitest';
import type { LookupDefinition } from '../../../../../src/detection/frontends/splunk/content.ts';
import { lowerSearch } from '../../../../../src/detection/frontends/splunk/lower/lower-search.ts';
import type { Complaint } from '../../../../../src/detection/frontends/splunk/spl/complaint.ts';
import { parseSearch } from '../../../../../src/detection/frontends/splunk/spl/parse-search.ts';
import { plainText } from '../../../../../src/detection/frontends/splunk/spl/source-text.ts';
import type { CalcName } from '../../../../../src/detection/plan/calc-functions.ts';
import type { Calc } from '../../../../../src/detection/plan/calc.ts';
import type { Expr, Test } from '../../../../../src/detection/plan/expr.ts';
import type { Stage } from '../../../../../src/detection/plan/transform.ts';

export const schedule = { cron: '0 * * * *', earliest: '-70m@m', latest: '-10m@m' };

const paths: LookupDefinition = {
  name: 'paths',
  file: 'paths.yml',
  csv: '/paths.csv',
  matchTypes: new Map(),
  caseSensitive: true,
  defaultMatch: undefined,
  minMatches: 0,
  maxMatches: 1_000,
};

/** What a search that can be read is lowered to, and what was said about it. */
export function lower(
  text: string,
  missingLookup: 'error' | 'warning' = 'error',
): { readonly lowered: ReturnType<typeof lowerSearch>; readonly complaints: readonly Complaint[] } {
  const complaints: Complaint[] = [];
  const complain = (complaint: Complaint): number => complaints.push(complaint);
  const search = parseSearch(plainText(text, 'a.yml'), complain);
  expect(complaints.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(search).toBeDefined();
  const around = { schedule, lookups: new Map([['paths', paths]]), missingLookup };
  return { lowered: search && lowerSearch(search, around, complain), complaints };
}

/** What the first search of a text chooses. */
export function whereOf(text: string): Expr {
  const { lowered, complaints } = lower(text);
  expect(complaints).toEqual([]);
  return lowered?.where ?? { kind: 'or', items: [] };
}

/** The stages of `* | text`. */
export function stagesOf(text: string): readonly Stage[] {
  const { lowered, complaints } = lower(`* | ${text}`);
  expect(complaints.filter(({ severity }) => severity === 'error')).toEqual([]);
  return lowered?.transform.stages ?? [];
}

/** The value of `| eval x=text`. */
export function calcOf(text: string): Calc {
  const [stage] = stagesOf(`eval x=${text}`);
  const value = stage?.kind === 'extend' ? stage.columns[0]?.value : undefined;
  expect(value).toBeDefined();
  return value ?? call('null');
}

/** Errors of a search, each `rule at "text": message`. */
export function errorsOf(text: string): readonly string[] {
  const { lowered, complaints } = lower(text);
  expect(lowered === undefined).toBe(complaints.some(({ severity }) => severity === 'error'));
  return complaints.map(
    ({ rule, span, message }) => `${rule} at "${text.slice(span.start, span.end)}": ${message}`,
  );
}

export const on = (name: string, test: Test): Expr => ({
  kind: 'test',
  field: { name, arrays: 'marked' },
  test,
});
export const column = (name: string): Calc => ({ kind: 'column', name });
export const text = (value: string): Calc => ({ kind: 'text', value });
export const number = (value: number): Calc => ({ kind: 'number', value });
export const call = (name: CalcName, ...args: readonly Calc[]): Calc => ({ kind: 'call', name, args });
