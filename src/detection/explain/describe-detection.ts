import { printable } from '../../util/printable.ts';
import type { Detection, WrittenSearch } from '../frontends/frontend.ts';
import { describeStage } from '../plan/describe-stage.ts';
import { normalisePlan } from '../plan/normalise-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { printPlan } from '../plan/print-plan.ts';
import { streamingProblem } from '../plan/streaming-problem.ts';
import { syntaxTree } from './syntax-tree.ts';

/**
 * What a detection compiles to: its plan as canonical YAML. In front of it, as YAML comments, for a search: its text
 * with macros expanded, its syntax tree, its stages in words, and why it runs scheduled if it was not asked to.
 */
export function describeDetection({ plan, search }: Detection): string {
  const comments = search === undefined ? [] : searchComments(search, plan);
  return `${comments.map((line) => `${`# ${printable(line)}`.trimEnd()}\n`).join('')}${printPlan(normalisePlan(plan))}`;
}

function searchComments({ expanded, tree }: WrittenSearch, { steps }: Plan): readonly string[] {
  const transform = steps.find((step) => step.kind === 'transform');
  const stages = transform?.stages ?? [];
  const problem = transform && streamingProblem(transform);
  return [
    ...section('search, with its macros expanded', expanded.trim().split('\n')),
    ...section('syntax tree', syntaxTree(tree())),
    ...section(
      'stages behind "where"',
      stages.map((stage, index) => `${index + 1}. ${describeStage(stage)}`),
    ),
    ...(problem === undefined ? [] : section('runs scheduled in either mode', [problem])),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] => [
  `${title}:`,
  ...lines.map((line) => `  ${line}`),
  '',
];
