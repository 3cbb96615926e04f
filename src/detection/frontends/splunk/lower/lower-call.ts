import { calcFunctions, isCalcName, type CalcName } from '../../../plan/calc-functions.ts';
import type { Calc } from '../../../plan/calc.ts';
import { didYouMean } from '../../../../util/suggest.ts';
import type { Evaluation } from '../spl/ast.ts';
import { checkArguments } from './check-arguments.ts';
import type { Lowering } from './lowering.ts';

type Call = Evaluation & { readonly kind: 'call' };

/** Names that only operators have. */
const operators: ReadonlySet<string> = new Set<CalcName>(
  // prettier-ignore
  ['+', '-', '*', '/', '%', '.', 'negative', '=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'xor', 'not'],
);

/** The functions that can be called, by the name that a search calls them. */
const callable: ReadonlyMap<string, CalcName> = new Map<string, CalcName>([
  ...Object.keys(calcFunctions)
    .filter(isCalcName)
    .filter((name) => !operators.has(name))
    .map((name) => [name, name] as const),
  ['ceil', 'ceiling'],
]);

/** Functions of Splunk that we do not have. */
const missing: ReadonlySet<string> = new Set(
  [
    'acos acosh asin asinh atan atan2 atanh cos cosh sin sinh tan tanh avg exact exp hypot ln log pi pow random sigfig sqrt sum',
    'bit_and bit_or bit_not bit_xor bit_shift_left bit_shift_right',
    'cluster commands getfields ipmask lookup nullif searchmatch sha512 spath time validate',
    'isarray isbool isdouble isint ismv isnum isobject isstr toarray tobool todouble toint tojson tomv toobject',
    'json json_append json_array json_array_to_mv json_delete json_entries json_extend json_extract_exact json_has_key_exact',
    'json_keys json_object json_set json_set_exact json_valid mv_to_json_array mvfind mvmap mvrange mvreverse mvsort mvzip',
  ].flatMap((names) => names.split(' ')),
);

/** A call of a function, with its arguments, checked as far as they are known. */
export function lowerCall(call: Call, args: readonly Calc[], lowering: Lowering): Calc {
  const name = callable.get(call.name.text);
  if (name === undefined) {
    refuseName(call, lowering);
    return { kind: 'call', name: 'null', args: [] };
  }
  const count = countProblem(name, args.length);
  if (count === undefined) return { kind: 'call', name, args: checkArguments(name, call, args, lowering) };
  lowering.error('argument-count', call, `${count}; it is written ${calcFunctions[name].usage}`);
  return { kind: 'call', name, args };
}

function refuseName({ name }: Call, lowering: Lowering): void {
  const text = missing.has(name.text)
    ? `the function "${name.text}" is not supported`
    : `there is no function "${name.text}"${didYouMean(name.text, callable.keys())}`;
  lowering.error('unknown-function', name, text);
}

function countProblem(name: CalcName, given: number): string | undefined {
  const { least, most } = calcFunctions[name];
  if (name === 'case' && given % 2 === 1) return '"case" takes pairs of a condition and a value';
  if (given >= least && given <= most) return undefined;
  const wanted =
    least === most
      ? `${least}`
      : most === Number.POSITIVE_INFINITY
        ? `${least} or more`
        : `${least} to ${most}`;
  return `"${name}" takes ${wanted} arguments, not ${given}`;
}
