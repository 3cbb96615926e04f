import type { z } from 'zod';
import type { Risk } from '../../../plan/plan.ts';
import type { attackDataFields, detectionFields, tagFields } from './detection-fields.ts';

type Fields<Shape extends z.core.$ZodLooseShape> = z.infer<z.ZodObject<Shape>>;

/** A detection file that has passed its schema, whichever that is. */
export interface DetectionSource extends Fields<typeof detectionFields> {
  readonly tags: Fields<typeof tagFields>;
  readonly tests: readonly {
    readonly name: string;
    readonly attack_data: readonly Pick<Fields<typeof attackDataFields>, 'data' | 'source' | 'sourcetype'>[];
  }[];
  /** What it makes of its findings; undefined if it says nothing about risk. */
  readonly risk: RiskSource | undefined;
}

export interface RiskSource extends Omit<Risk, 'message'> {
  readonly message: string;
}
