import { expect } from 'vitest';
import type {
  Evaluation,
  Literal,
  Search,
  Term,
} from '../../../../../src/detection/frontends/splunk/spl/ast.ts';
import type { Complaint } from '../../../../../src/detection/frontends/splunk/spl/complaint.ts';
import { parseSearch } from '../../../../../src/detection/frontends/splunk/spl/parse-search.ts';
import { plainText } from '../../../../../src/detection/frontends/splunk/spl/source-text.ts';

/** What the parser makes of `text`, and all it says. */
export function read(text: string): {
  readonly search: Search | undefined;
  readonly complaints: readonly Complaint[];
} {
  const complaints: Complaint[] = [];
  const search = parseSearch(plainText(text, 'a.yml'), (complaint) => complaints.push(complaint));
  return { search, complaints };
}

/** The search that `text` is, without a complaint. */
export function readWell(text: string): Search {
  const { search, complaints } = read(text);
  if (search === undefined || complaints.length > 0) expect.fail(JSON.stringify({ text, complaints }));
  return search;
}

/** The one error in `text`: its rule, the text it points at, and what it says. */
export function readBadly(text: string): {
  readonly rule: string;
  readonly at: string;
  readonly message: string;
} {
  const { search, complaints } = read(text);
  expect(search).toBeUndefined();
  expect(complaints).toHaveLength(1);
  const [{ rule, span, message }] = complaints as [Complaint];
  return { rule, at: text.slice(span.start, span.end), message };
}

/** `node` without what says where it was written. */
export function withoutSpans(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSpans);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === 'span' && isSpan(value)))
      .map(([key, value]) => [key, withoutSpans(value)]),
  );
}

/** `node` without spans as text: a quick way to compare. */
export const spanless = (node: unknown): string =>
  JSON.stringify(node, (key, value: unknown) => (key === 'span' && isSpan(value) ? undefined : value));

const isSpan = (value: unknown): boolean => typeof value === 'object' && value !== null && 'start' in value;

/** The expression of `search` as brackets show it: `(and (or a=1 "b") (not c))`. */
export function termShape(term: Term): string {
  switch (term.kind) {
    case 'and':
    case 'or':
      return `(${[term.kind, ...term.items.map(termShape)].join(' ')})`;
    case 'not':
      return `(not ${termShape(term.item)})`;
    case 'compare':
      return `${term.field.text}${term.operator}${literalShape(term.value)}`;
    case 'in':
      return `${term.field.text} in [${term.values.map(literalShape).join(' ; ')}]`;
    case 'text':
      return literalShape(term.value);
  }
}

const literalShape = ({ text, quoted, how }: Literal): string =>
  `${how === 'plain' ? '' : `${how}:`}${quoted ? `<${text}>` : text}`;

/** The expression of `where` as brackets show it: `(and (= a <x>) (not b))`. */
export function evaluationShape(evaluation: Evaluation): string {
  switch (evaluation.kind) {
    case 'field':
      return evaluation.name;
    case 'text':
      return `<${evaluation.value}>`;
    case 'number':
      return `#${evaluation.text}`;
    case 'call':
      return `${evaluation.name.text}[${evaluation.args.map(evaluationShape).join(' ; ')}]`;
    case 'unary':
      return `(${evaluation.operator} ${evaluationShape(evaluation.item)})`;
    case 'binary':
      return `(${evaluation.operator} ${evaluationShape(evaluation.left)} ${evaluationShape(evaluation.right)})`;
  }
}
