import { z } from 'zod';
import { didYouMean } from '../../../util/suggest.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be a text, a number, true or false; for a field that is not there write {exists: false}',
});
const scalars = z.union([scalar, z.array(scalar).min(1)], {
  error: 'must be a text, a number, true or false, or a list of them',
});
const texts = z.union([z.string(), z.array(z.string()).min(1)], {
  error: 'must be a text or a list of texts; put numbers in quotes',
});

const operators = {
  equals: scalars.optional().describe('Equal to the value, or to any of a list.'),
  in: scalars.optional().describe('Equal to any of the list; the same as "equals".'),
  glob: texts
    .optional()
    .describe(
      'Matches the whole value: "*" is any text, "?" one character, "\\" takes the next one as it is.',
    ),
  contains: scalars.optional().describe('Holds the text, or any of a list.'),
  starts_with: scalars.optional().describe('Begins with the text, or with any of a list.'),
  ends_with: scalars.optional().describe('Ends with the text, or with any of a list.'),
  regex: texts
    .optional()
    .describe('Found anywhere in the value, by RE2 syntax; "^" and "$" fix it to the ends.'),
  cidr: texts.optional().describe('An address in the network, or in any of a list, such as 10.0.0.0/8.'),
  at_least: z.number().optional().describe('A number that is this or more.'),
  above: z.number().optional().describe('A number that is more than this.'),
  at_most: z.number().optional().describe('A number that is this or less.'),
  below: z.number().optional().describe('A number that is less than this.'),
  exists: z.boolean().optional().describe('true: the field has a value. false: it has none.'),
  case: z
    .enum(['insensitive', 'sensitive'])
    .optional()
    .describe('Whether letter case matters to the tests beside it. Default: insensitive.'),
};

/** What one field has to be: a value, a list of possible values, or a map of tests that all have to hold. */
const fieldTest: z.ZodType = z
  .lazy(() =>
    z.union([scalar, z.array(scalar).min(1), testMap], {
      error: 'must be a value, a list of values, or a map of tests',
    }),
  )
  .meta({
    id: 'FieldTest',
    description:
      'A value (equal to it), a list (equal to any), or a map of tests that all have to hold. Letter case does not ' +
      'matter unless "case: sensitive" says so. A field of several values passes if any of them does; a missing ' +
      'field passes nothing, so "not" of a test on it holds.',
  });

const testMap = z
  .strictObject(
    {
      ...operators,
      not: fieldTest.optional().describe('Holds if the test does not; also if the field is missing.'),
    },
    { error: unknownTest },
  )
  .refine((tests) => Object.keys(tests).some((key) => key !== 'case'), {
    error: 'tests nothing; write a test such as {glob: "a*"}',
    when: ({ issues }) => issues.length === 0,
  });

/** A line for each unknown key, as issues.ts expects it. */
function unknownTest(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const tests = [...Object.keys(operators), 'not'];
  const hint = '; for a field inside a field join their names by a dot';
  return issue.keys.map((key) => `there is no test "${key}"${didYouMean(key, tests) || hint}`).join('\n');
}

/** A condition on an event, or on the columns of a result. */
export const condition: z.ZodType = z
  .lazy(() =>
    z.union([z.array(condition).min(1), conditionMap], {
      error: 'must be a map of fields (and), or a list of such maps (or)',
    }),
  )
  .meta({
    id: 'Condition',
    description:
      'A map of fields that all have to pass ("and"), or a list of such maps of which one has to ("or").',
  });

const conditionMap = z
  .object({
    all: z.array(condition).min(1).optional().describe('Conditions that all have to hold.'),
    any: z.array(condition).min(1).optional().describe('Conditions of which one has to hold.'),
    not: condition.optional().describe('Holds if the condition does not. A list: if none of them does.'),
  })
  .catchall(fieldTest)
  .refine((fields) => Object.keys(fields).length > 0, 'tests nothing; write a field and what it has to be');
