import type { ComponentKind } from '../../pipeline/registry.ts';
import { foreignComponents, foreignOptions } from './foreign-table.ts';

/** A part of the Collector that riskpipe does not have, met in a configuration that was made for the Collector. */
export interface Foreign {
  /** `left out`: results are the same without it, so a warning is enough. `refused`: they would not be. */
  readonly verdict: 'left out' | 'refused';
  /** Values of a refused option that ask for what happens anyway: left out. */
  readonly harmless: readonly unknown[];
  /** Why it is not needed, or what to write instead. */
  readonly advice: string;
}

/** A component type this build does not have, if we know what to say about it. */
export function foreignComponent(kind: ComponentKind, type: string): Foreign | undefined {
  const table = foreignComponents[kind];
  return Object.hasOwn(table, type) ? table[type] : undefined;
}

/** An option that the schema of its owner (`exporter/otlp_http`, `service`) does not have; `option` as `tls.ca_pem`. */
export function foreignOption(owner: string, option: string): Foreign | undefined {
  const table = Object.hasOwn(foreignOptions, owner) ? foreignOptions[owner] : undefined;
  return table !== undefined && Object.hasOwn(table, option) ? table[option] : undefined;
}

/** The component types of the Collector that are left out, each with why. */
export function leftOutComponents(kind: ComponentKind): readonly (readonly [type: string, advice: string])[] {
  return leftOutOf(foreignComponents[kind]);
}

/** The options that are left out of what `owner` has, each with why. */
export function leftOutOptions(owner: string): readonly (readonly [option: string, advice: string])[] {
  return leftOutOf(foreignOptions[owner] ?? {});
}

function leftOutOf(table: Readonly<Record<string, Foreign>>): readonly (readonly [string, string])[] {
  return Object.entries(table).flatMap(([name, { verdict, advice }]) =>
    verdict === 'left out' ? [[name, advice]] : [],
  );
}

/** What to tell the author of a configuration that has `foreign` with `value`, and how badly. */
export function judge(
  foreign: Foreign,
  value: unknown,
): { readonly severity: 'error' | 'warning'; readonly message: string } {
  if (foreign.verdict === 'left out') {
    return { severity: 'warning', message: `not needed here and left out: ${foreign.advice}` };
  }
  if (value === null || foreign.harmless.includes(value)) {
    return { severity: 'warning', message: 'not needed here and left out: it is like this anyway' };
  }
  return {
    severity: 'error',
    message: `not supported, and results would differ without it: ${foreign.advice}`,
  };
}
