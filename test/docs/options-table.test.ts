import { expect, test } from 'vitest';
import { z } from 'zod';
import { optionsTable } from './options-table.ts';
import { tableRowsIn } from './pages.ts';

test('of options that come in several shapes those of all shapes are listed, what is common to them once', () => {
  const shape = <T extends string>(type: T) => ({ type: z.literal(type).describe('Which one.') });
  const shapes = z.discriminatedUnion('type', [
    z.strictObject({ ...shape('cut'), at: z.number().describe('Where.') }),
    z.strictObject({ ...shape('join'), by: z.string().default(',').describe('With what.') }),
  ]);
  const schema = z.strictObject({ steps: z.array(shapes).describe('What to do.') });
  expect(tableRowsIn(optionsTable(schema))).toEqual([
    ['`steps`', 'list of options', 'required', 'What to do.'],
    ['`steps[].type`', '`cut` or `join`', 'required', 'Which one.'],
    ['`steps[].at`', 'number', '', 'Where.'],
    ['`steps[].by`', 'text', '`,`', 'With what.'],
  ]);
});
