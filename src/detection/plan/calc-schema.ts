import { z } from 'zod';
import { isCalcName } from './calc-functions.ts';
import type { Calc } from './calc.ts';

/** What `calcText` writes for a value; becomes the value. */
export const calcSchema: z.ZodType<Calc> = z.lazy(() =>
  z.union([
    z.string().transform((value): Calc => ({ kind: 'text', value })),
    z.number().transform((value): Calc => ({ kind: 'number', value })),
    z
      .strictObject({ column: z.string() })
      .transform(({ column }): Calc => ({ kind: 'column', name: column })),
    z.record(z.string(), z.array(calcSchema)).transform((source, context): Calc => {
      const [[name, args] = ['', []], ...others] = Object.entries(source);
      if (isCalcName(name) && others.length === 0) return { kind: 'call', name, args };
      context.addIssue('no call of a function');
      return z.NEVER;
    }),
  ]),
);
