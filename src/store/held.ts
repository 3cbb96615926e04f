import type { Stored } from './store.ts';

/** A value as tables hold it: texts, lists and objects as their JSON, which takes a fraction of their memory. */
export type Held = string | number | boolean | null;

export function heldOf(value: Stored): Held {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'boolean' || value === null ? value : JSON.stringify(value);
}

export const storedOf = (held: Held): Stored =>
  typeof held === 'string' ? (JSON.parse(held) as Stored) : held;

export const jsonOf = (held: Held): string => (typeof held === 'string' ? held : String(held));
