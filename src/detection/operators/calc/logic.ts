import type { CalcBuilder } from './calc-builder.ts';
import { onValues } from './calc-builder.ts';
import type { CompiledCalc } from './calc-value.ts';
import { truthIn } from './conversions.ts';

/** Three-valued, after Kleene: what would be the same whatever the unknown is, is known (spec/spl.md §9). */
export const logic = {
  and: many(false),
  or: many(true),
  xor: onValues(([a, b]) => {
    const [x, y] = [truthIn(a), truthIn(b)];
    return x === null || y === null ? null : x !== y;
  }),
  not: onValues(([value]) => {
    const truth = truthIn(value);
    return truth === null ? null : !truth;
  }),
  true: onValues(() => true),
  false: onValues(() => false),
  null: onValues(() => null),
  isnull: onValues(([value]) => value === null),
  isnotnull: onValues(([value]) => value !== null),
  if: (args, compile) => {
    const [condition, whenTrue, otherwise] = args.map(compile);
    // What is not known to be true is false (spec/spl.md §3.3).
    return (columns, at) => (condition?.(columns, at) === true ? whenTrue : otherwise)?.(columns, at) ?? null;
  },
  case: (args, compile) => {
    const compiled = args.map(compile);
    return (columns, at) => {
      const chosen = compiled.findIndex((arg, index) => index % 2 === 0 && arg(columns, at) === true);
      return (chosen === -1 ? undefined : compiled[chosen + 1])?.(columns, at) ?? null;
    };
  },
  coalesce: (args, compile) => {
    const compiled = args.map(compile);
    return (columns, at) => {
      for (const arg of compiled) {
        const value = arg(columns, at);
        if (value !== null) return value;
      }
      return null;
    };
  },
} as const satisfies Readonly<Record<string, CalcBuilder>>;

/** `and` or `or`: one argument that is `decisive` decides, else one that is unknown makes it unknown. */
function many(decisive: boolean): CalcBuilder {
  return (args, compile): CompiledCalc => {
    const compiled = args.map(compile);
    return (columns, at) => {
      let result: boolean | null = !decisive;
      for (const arg of compiled) {
        const truth = truthIn(arg(columns, at));
        if (truth === decisive) return decisive;
        if (truth === null) result = null;
      }
      return result;
    };
  };
}
