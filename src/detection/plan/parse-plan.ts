import { parse } from 'yaml';
import { z } from 'zod';
import type { Plan } from './plan.ts';
import { planText } from './plan-text.ts';

/** The plan that a text of `printPlan` stands for; its origin is "plan". Throws an `Error` on any other text. */
export function parsePlan(text: string): Plan {
  const result = planText.safeParse(parse(text));
  if (!result.success) throw new Error(`not the text of a plan: ${z.prettifyError(result.error)}`);
  return result.data;
}
