import type { Evaluation } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import { byNumberOrBytes, holds, looksNumeric } from './compare.ts';
import { callFunction } from './functions.ts';
import { Undecided, valuesOf, type Row, type World } from './table.ts';
import { fromTexts, numberOf, textOf, textsOf, truth, type Value } from './value.ts';

/** An expression on one row. */
export function evaluateValue(item: Evaluation, row: Row, world: World): Value {
  switch (item.kind) {
    case 'field':
      return fromTexts(valuesOf(row, item.name));
    case 'text':
      return item.value;
    case 'number':
      return Number(item.text);
    case 'call':
      return callFunction(
        item.name.text.toLowerCase(),
        item.args,
        row,
        (arg, row) => evaluateValue(arg, row, world),
        world,
      );
    case 'unary': {
      const value = evaluateValue(item.item, row, world);
      if (item.operator === 'not') return not(truth(value));
      const number = numberOf(value);
      return number === null ? null : -number;
    }
    case 'binary': {
      const left = evaluateValue(item.left, row, world);
      const right = evaluateValue(item.right, row, world);
      return binary(item.operator, left, right);
    }
  }
}

type Operator = Extract<Evaluation, { kind: 'binary' }>['operator'];

function binary(operator: Operator, left: Value, right: Value): Value {
  switch (operator) {
    case 'and':
      return not(or(not(truth(left)), not(truth(right))));
    case 'or':
      return or(truth(left), truth(right));
    case 'xor':
      return left === null || right === null ? null : truth(left) !== truth(right);
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(operator, left, right);
    case '.':
      return left === null || right === null ? null : textOf(left) + textOf(right);
    case '+':
      return plus(left, right);
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, left, right);
  }
}

const not = (value: boolean | null): boolean | null => (value === null ? null : !value);

/** Kleene: true if either is, null if it might be. */
const or = (a: boolean | null, b: boolean | null): boolean | null =>
  a === true || b === true ? true : a === null || b === null ? null : false;

/** True if any value of the left compares so with any value of the right; null if either has none. */
function compared(operator: '=' | '!=' | '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean | null {
  if (left === null || right === null) return null;
  return textsOf(left).some((a) =>
    textsOf(right).some((b) => {
      const order = byNumberOrBytes(a, b);
      if (operator === '=') return order === 0;
      return operator === '!=' ? order !== 0 : holds(operator, order);
    }),
  );
}

function plus(left: Value, right: Value): Value {
  if (left === null || right === null) return null;
  const [a, b] = [textOf(left), textOf(right)];
  if (looksNumeric(a) && looksNumeric(b)) return Number(a) + Number(b);
  if (typeof left === 'string' && typeof right === 'string') return a + b;
  throw new Undecided('a number and a text added');
}

function arithmetic(operator: '-' | '*' | '/' | '%', left: Value, right: Value): number | null {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === null || b === null) return null;
  switch (operator) {
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? null : a / b;
    case '%':
      return b === 0 ? null : a % b;
  }
}
