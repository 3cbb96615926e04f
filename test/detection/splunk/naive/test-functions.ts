import { byNumberOrBytes, looksNumeric } from './compare.ts';
import { textOf, textsOf, type Value } from './value.ts';
import type { NaiveFunction } from './naive-function.ts';
import { networkHolds } from './network.ts';
import { Undecided } from './table.ts';

/** True if any of the values passes; null without a value. */
const any = (value: Value, passes: (text: string) => boolean): boolean | null =>
  value === null ? null : textsOf(value).some(passes);

const arg = (args: readonly Value[], index: number): Value => args[index] ?? null;

/** Functions that ask something. */
export const testFunctions: Readonly<Record<string, NaiveFunction>> = {
  true: () => true,
  false: () => false,
  null: () => null,
  isnull: (args) => arg(args, 0) === null,
  isnotnull: (args) => arg(args, 0) !== null,
  coalesce: (args) => args.find((value) => value !== null) ?? null,
  match: (args) => {
    const pattern = arg(args, 1);
    return pattern === null ? null : any(arg(args, 0), (text) => new RegExp(textOf(pattern)).test(text));
  },
  like: (args) => {
    const pattern = arg(args, 1);
    return pattern === null ? null : any(arg(args, 0), (text) => like(textOf(pattern)).test(text));
  },
  in: ([value = null, ...candidates]) => {
    if (value !== null && candidates.includes(null)) throw new Undecided('in with a null candidate');
    return any(value, (text) =>
      candidates.some((candidate) =>
        textsOf(candidate).some((wanted) => byNumberOrBytes(text, wanted) === 0),
      ),
    );
  },
  cidrmatch: (args) => {
    const network = arg(args, 0);
    return network === null ? null : any(arg(args, 1), (text) => networkHolds(textOf(network), text));
  },
  typeof: ([value = null]) => {
    if (value === null) return 'Invalid';
    if (typeof value === 'boolean') return 'Boolean';
    return looksNumeric(textOf(value)) ? 'Number' : 'String';
  },
};

/** `%` is any text, `_` one character, a backslash takes the next one as it is. */
function like(pattern: string): RegExp {
  const parts = Array.from(pattern.matchAll(/\\(.)|[\s\S]/gu), ([char, plain]) => {
    if (plain === undefined && char === '%') return '.*';
    if (plain === undefined && char === '_') return '.';
    return (plain ?? char).replace(/[.*+?^${}()|[\]\\/-]/, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}
