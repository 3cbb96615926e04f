import type { Evaluation } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import { listFunctions } from './list-functions.ts';
import { numberFunctions } from './number-functions.ts';
import type { NaiveFunction } from './naive-function.ts';
import { Undecided, withColumn, type Row, type World } from './table.ts';
import { testFunctions } from './test-functions.ts';
import { textFunctions } from './text-functions.ts';
import { timeFunctions } from './time-functions.ts';
import { fromTexts, textsOf, truth, type Value } from './value.ts';

/** What an argument is on a row. */
type Evaluate = (arg: Evaluation, row: Row) => Value;

const functions: Readonly<Record<string, NaiveFunction>> = {
  ...testFunctions,
  ...textFunctions,
  ...numberFunctions,
  ...listFunctions,
  ...timeFunctions,
};

/** A call in an expression (spec/spl.md §3.3, and Splunk's reference of evaluation functions). */
export function callFunction(
  name: string,
  args: readonly Evaluation[],
  row: Row,
  evaluate: Evaluate,
  world: World,
): Value {
  const at = (index: number): Value => {
    const arg = args[index];
    return arg === undefined ? null : evaluate(arg, row);
  };
  switch (name) {
    case 'if':
      return truth(at(0)) === true ? at(1) : at(2);
    case 'case': {
      for (let index = 0; index < args.length; index += 2) {
        if (truth(at(index)) === true) return at(index + 1);
      }
      return null;
    }
    case 'mvfilter':
      return filtered(args, row, evaluate);
    default: {
      const run = functions[name];
      if (run === undefined) throw new Undecided(`the function ${name}`);
      return run(
        args.map((_, index) => at(index)),
        world,
      );
    }
  }
}

/** `mvfilter`: the values of its one field for which the condition is true. */
function filtered([condition]: readonly Evaluation[], row: Row, evaluate: Evaluate): Value {
  if (condition === undefined) return null;
  const [name, ...more] = new Set(fieldsOf(condition));
  if (name === undefined || more.length > 0) throw new Undecided('mvfilter of more or less than one field');
  const values = textsOf(fromTexts(row.get(name) ?? []));
  return fromTexts(
    values.filter((value) => truth(evaluate(condition, withColumn(row, name, [value]))) === true),
  );
}

function fieldsOf(item: Evaluation): string[] {
  switch (item.kind) {
    case 'field':
      return [item.name];
    case 'text':
    case 'number':
      return [];
    case 'call':
      return item.args.flatMap(fieldsOf);
    case 'unary':
      return fieldsOf(item.item);
    case 'binary':
      return [...fieldsOf(item.left), ...fieldsOf(item.right)];
  }
}
