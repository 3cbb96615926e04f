import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'is neither text nor a number, true or false',
});

/** `resource` and `attributes` of a receiver: what its records carry, by name. */
export const attributeMap = z.record(z.string(), scalar).default({});
