import type { CalcName } from '../../../plan/calc-functions.ts';
import type { Calc } from '../../../plan/calc.ts';

export const column = (name: string): Calc => ({ kind: 'column', name });

export const text = (value: string): Calc => ({ kind: 'text', value });

export const number = (value: number): Calc => ({ kind: 'number', value });

export const call = (name: CalcName, ...args: readonly Calc[]): Calc => ({ kind: 'call', name, args });
