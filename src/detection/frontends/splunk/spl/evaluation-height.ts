import { unreachable } from '../../../../util/assert.ts';
import type { Evaluation } from './ast.ts';

/** How many expressions stand in each other at most; without recursion, as chains may be long. */
export function evaluationHeight(evaluation: Evaluation): number {
  let highest = 0;
  const waiting: { readonly item: Evaluation; readonly height: number }[] = [{ item: evaluation, height: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const height = next.height;
    highest = Math.max(highest, height);
    for (const item of partsOf(next.item)) waiting.push({ item, height: height + 1 });
  }
  return highest;
}

function partsOf(evaluation: Evaluation): readonly Evaluation[] {
  switch (evaluation.kind) {
    case 'field':
    case 'text':
    case 'number':
      return [];
    case 'call':
      return evaluation.args;
    case 'unary':
      return [evaluation.item];
    case 'binary':
      return [evaluation.left, evaluation.right];
    default:
      return unreachable(evaluation);
  }
}
