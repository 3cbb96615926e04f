import type { CalcName } from '../../../plan/calc-functions.ts';
import { calcColumns } from '../../../plan/calc-columns.ts';
import type { Calc } from '../../../plan/calc.ts';
import { parseRelativeTime } from '../../../plan/relative-time.ts';
import type { Evaluation } from '../spl/ast.ts';
import { isCondition } from './condition-kind.ts';
import { isNetwork } from './is-network.ts';
import type { Lowering } from './lowering.ts';
import { re2Pattern } from './re2-pattern.ts';

type Call = Evaluation & { readonly kind: 'call' };

/** Arguments that can be judged without a row. Gives them back, a regular expression as RE2 takes it. */
export function checkArguments(
  name: CalcName,
  call: Call,
  args: readonly Calc[],
  lowering: Lowering,
): readonly Calc[] {
  for (const [index, arg] of args.entries()) {
    const problem = argumentProblem(name, index, arg);
    if (problem !== undefined) lowering.error('bad-value', call.args[index] ?? call, problem);
  }
  if (name !== 'match' && name !== 'replace') return args;
  return args.map((arg, index) => (index === 1 ? checkedPattern(arg, call.args[1] ?? call, lowering) : arg));
}

function argumentProblem(name: CalcName, index: number, arg: Calc): string | undefined {
  if (isConditionPlace(name, index) && isCondition(arg) === false) {
    return `"${name}" takes a condition here; compare it with something`;
  }
  if (name === 'mvfilter')
    return calcColumns(arg).size === 1 ? undefined : '"mvfilter" takes a condition on one field';
  if (arg.kind === 'number') return name === 'tonumber' && index === 1 ? baseProblem(arg.value) : undefined;
  return arg.kind === 'text' ? textProblem(name, index, arg.value) : undefined;
}

/** True where a function looks whether its argument is true. */
function isConditionPlace(name: CalcName, index: number): boolean {
  if (name === 'case') return index % 2 === 0;
  return (name === 'if' || name === 'mvfilter') && index === 0;
}

function textProblem(name: CalcName, index: number, text: string): string | undefined {
  if (name === 'cidrmatch' && index === 0 && !isNetwork(text)) {
    return `"${text}" is no network; write an address and a prefix length, such as "10.0.0.0/8"`;
  }
  if (name === 'relative_time' && index === 1 && parseRelativeTime(text) === undefined) {
    return `"${text}" is no relative time; write one such as "-1d@d"`;
  }
  if (name === 'tostring' && index === 1 && !['commas', 'hex', 'duration'].includes(text)) {
    return `"${text}" is no format of "tostring"; there are "commas", "hex" and "duration"`;
  }
  return name === 'split' && index === 1 && text === '' ? 'an empty text splits nothing' : undefined;
}

const baseProblem = (base: number): string | undefined =>
  Number.isInteger(base) && base >= 2 && base <= 36 ? undefined : 'a base is a number from 2 to 36';

function checkedPattern(arg: Calc, place: Evaluation, lowering: Lowering): Calc {
  if (arg.kind !== 'text') return arg;
  const checked = re2Pattern(arg.value);
  if ('pattern' in checked) return { kind: 'text', value: checked.pattern };
  lowering.error('bad-pattern', place, checked.problem);
  return arg;
}
