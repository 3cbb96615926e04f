import { stringify } from 'yaml';
import type { Finding } from '../../../src/detection/finding.ts';
import type { DetectionFile } from '../../../src/detection/frontends/frontend.ts';
import type { Mode, Plan } from '../../../src/detection/plan/plan.ts';
import { load } from '../load-fixture.ts';
import { formatProblem } from '../../../src/util/problem.ts';
import { lookupFile, referencesOf } from './references.ts';
import { runPlan, type PlanRun } from './run-plan.ts';
import { escuMacros, type SearchCase } from './search-case.ts';

/** What the product makes of a case, from the text of a detection file on. */
export interface SearchRun extends PlanRun {
  readonly plan: Plan;
  /** Columns of the findings, in the order in which they left. */
  readonly rows: readonly Finding['columns'][];
}

/** Runs a search as the only detection there is. `file`: what its file says beside the search. */
export function runSearch(
  given: Omit<SearchCase, 'rows'>,
  mode: Mode = 'scheduled',
  file: Readonly<Record<string, unknown>> = {},
): SearchRun {
  const plan = compile({ path: 'detections/a_search.yml', text: detectionText(given.search, file) }, mode, {
    define: { ...escuMacros, ...given.macros },
    lookups: Object.entries(given.lookups ?? {}).map(([name, lookup]) => lookupFile(name, lookup)),
  });
  return runDetection(plan, given);
}

/** Runs a compiled detection over the events of a case. */
export function runDetection(
  plan: Plan,
  given: Pick<SearchCase, 'events' | 'lookups' | 'places'>,
): SearchRun {
  const run = runPlan(plan, given, referencesOf(given));
  return { ...run, plan, rows: run.findings.map(({ columns }) => columns) };
}

/** The plan of a detection file; throws all that is wrong with it. */
export function compile(
  file: DetectionFile,
  mode: Mode,
  content: {
    readonly define?: Readonly<Record<string, string>>;
    readonly macros?: readonly DetectionFile[];
    readonly deployments?: readonly DetectionFile[];
    readonly lookups?: readonly DetectionFile[];
  },
): Plan {
  const { define = {}, ...files } = content;
  const { detections, problems } = load({ detections: [file], ...files }, { mode, define });
  const [detection] = detections;
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (detection === undefined || errors.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return detection.plan;
}

/** A detection file. */
export function detectionText(search: string, given: Readonly<Record<string, unknown>> = {}): string {
  return stringify({
    name: 'A Search',
    id: '6a8d1f7c-8f0e-4c8b-9f30-0c1f2b6b8b11',
    version: 1,
    date: '2026-04-12',
    author: 'Somebody',
    status: 'production',
    type: 'Hunting',
    description: 'Finds what is looked for.',
    data_source: ['Kubernetes Audit'],
    search,
    how_to_implement: 'As it is.',
    known_false_positives: 'None known.',
    references: [],
    tags: {
      analytic_story: ['Kubernetes Security'],
      asset_type: 'Kubernetes',
      product: [],
      security_domain: 'network',
    },
    tests: [],
    ...given,
  });
}
