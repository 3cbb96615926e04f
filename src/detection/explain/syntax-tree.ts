import { unreachable } from '../../util/assert.ts';
import type { Command, Evaluation, Search, StatisticCall, Term } from '../frontends/splunk/spl/ast.ts';
import { printEvaluation } from '../frontends/splunk/spl/print-evaluation.ts';
import { printSearch } from '../frontends/splunk/spl/print-search.ts';
import { printTerm } from '../frontends/splunk/spl/print-term.ts';

/** A part of a search, and what it is made of. */
interface Node {
  readonly text: string;
  readonly inside: readonly Node[];
}

const leaf = (text: string): Node => ({ text, inside: [] });

/** A search as it was read, a line each for its commands and what they are made of, indented by two spaces a level. */
export const syntaxTree = ({ commands }: Search): readonly string[] =>
  commands.flatMap((command) => linesOf(commandNode(command), 0));

const linesOf = ({ text, inside }: Node, depth: number): readonly string[] => [
  `${'  '.repeat(depth)}${text}`,
  ...inside.flatMap((node) => linesOf(node, depth + 1)),
];

/** Commands that hold expressions are shown as trees, all others in one line. */
function commandNode(command: Command): Node {
  switch (command.name) {
    case 'search':
      return { text: 'search', inside: [termNode(command.where)] };
    case 'where':
      return { text: 'where', inside: [evaluationNode(command.where)] };
    case 'eval':
      return { text: 'eval', inside: command.assignments.map(assignmentNode) };
    case 'stats':
    case 'eventstats': {
      const by = command.by.map(({ field, span }) =>
        leaf(span ? `${field.text} span=${span.text}` : field.text),
      );
      const statistics = command.statistics.map(statisticNode);
      return {
        text: command.name,
        inside: by.length === 0 ? statistics : [...statistics, { text: 'by', inside: by }],
      };
    }
    default:
      return leaf(printSearch({ commands: [command] }));
  }
}

function termNode(term: Term): Node {
  switch (term.kind) {
    case 'and':
    case 'or':
      return term.items.length === 0
        ? leaf(term.kind === 'and' ? 'everything' : 'nothing')
        : { text: term.kind, inside: term.items.map(termNode) };
    case 'not':
      return { text: 'not', inside: [termNode(term.item)] };
    case 'compare':
    case 'in':
      return leaf(printTerm(term));
    case 'text':
      return leaf(`_raw has ${printTerm(term)}`);
    default:
      return unreachable(term);
  }
}

const assignmentNode = ({
  field,
  value,
}: {
  readonly field: { readonly text: string };
  readonly value: Evaluation;
}): Node => ({
  text: `${field.text} =`,
  inside: [evaluationNode(value)],
});

function statisticNode({ name, argument, as }: StatisticCall): Node {
  const named = as === undefined ? name.text : `${name.text} as ${as.text}`;
  if (argument === undefined) return leaf(named);
  const of = argument.kind === 'field' ? leaf(argument.field.text) : evaluationNode(argument.value);
  return { text: named, inside: [of] };
}

function evaluationNode(evaluation: Evaluation): Node {
  switch (evaluation.kind) {
    case 'field':
    case 'text':
    case 'number':
      return leaf(printEvaluation(evaluation));
    case 'call':
      return { text: `${evaluation.name.text}()`, inside: evaluation.args.map(evaluationNode) };
    case 'unary':
      return { text: evaluation.operator, inside: [evaluationNode(evaluation.item)] };
    case 'binary':
      return {
        text: evaluation.operator,
        inside: [evaluationNode(evaluation.left), evaluationNode(evaluation.right)],
      };
    default:
      return unreachable(evaluation);
  }
}
