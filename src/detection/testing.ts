import { printable } from '../util/printable.ts';
import type { Finding } from './finding.ts';
import type { Detection, DetectionTest } from './frontends/frontend.ts';
import { runSample } from './sample-run.ts';

/** How one test of a detection went. */
export interface TestResult {
  readonly name: string;
  readonly passed: boolean;
  /** What is missing and what was found instead, a line each; empty if it passed. */
  readonly why: readonly string[];
}

type Expected = DetectionTest['expect'][number];

/** Runs the tests that a detection brings along, each for itself. */
export function runTests({ plan, tests }: Detection): TestResult[] {
  return tests.map(({ name, events, expect }) => {
    const { findings, malformed } = runSample(plan, [{ lines: events }]);
    const why = [...malformed, ...compare(expect, findings)];
    return { name, passed: why.length === 0, why };
  });
}

/** As many findings as expectations, and a finding of its own for each of them. */
function compare(expected: readonly Expected[], findings: readonly Finding[]): string[] {
  const owners = assign(expected, findings);
  const taken = new Set(owners.filter((owner) => owner !== undefined));
  const missing = expected.filter((_, index) => owners[index] === undefined);
  const others = findings.filter((_, index) => !taken.has(index));
  if (missing.length === 0 && others.length === 0) return [];
  const shown = [...new Set(expected.flatMap((columns) => Object.keys(columns)))];
  return [
    `expected ${amount(expected.length)}, found ${findings.length}`,
    ...missing.map((columns) => `missing: ${text(Object.entries(columns))}`),
    ...others.map(({ columns }) => {
      const named = [...columns].filter(([column]) => shown.length === 0 || shown.includes(column));
      return `${missing.length > 0 ? 'found instead' : 'found as well'}: ${text(named)}`;
    }),
  ];
}

/**
 * For each expectation the index of a finding that satisfies it and no other one's; as many as can be. (Maximum
 * bipartite matching by augmenting paths: an expectation that takes any finding must not starve a strict one.)
 */
function assign(expected: readonly Expected[], findings: readonly Finding[]): (number | undefined)[] {
  const ownerOf = new Map<number, number>();
  const place = (index: number, tried: Set<number>): boolean => {
    for (const [at, finding] of findings.entries()) {
      if (tried.has(at) || !satisfies(finding, expected[index] ?? {})) continue;
      tried.add(at);
      const owner = ownerOf.get(at);
      if (owner !== undefined && !place(owner, tried)) continue;
      ownerOf.set(at, index);
      return true;
    }
    return false;
  };
  for (const index of expected.keys()) place(index, new Set());
  const found = new Map(Array.from(ownerOf, ([at, index]) => [index, at]));
  return expected.map((_, index) => found.get(index));
}

/** Every expected column has exactly these values, in this order. */
function satisfies({ columns }: Finding, expected: Expected): boolean {
  return Object.entries(expected).every(([column, values]) => {
    const actual = columns.get(column) ?? [];
    return actual.length === values.length && actual.every((value, index) => value === values[index]);
  });
}

function text(columns: readonly (readonly [string, readonly string[]])[]): string {
  if (columns.length === 0) return 'a finding';
  return printable(columns.map(([column, values]) => `${column}=${values.join(' ')}`).join(', '));
}

const amount = (count: number): string => (count === 1 ? '1 finding' : `${count} findings`);
