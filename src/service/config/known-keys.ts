import { z } from 'zod';
import type { Path } from './path.ts';

/** The keys that a map at `path` may have by `schema`; none if it may have any, or is no map. */
export function knownKeys(schema: z.ZodType, path: Path): string[] {
  const root: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  let at = [root];
  for (const part of path) at = at.flatMap((one) => step(one, part, root));
  const keys = at
    .flatMap((one) => alternatives(one, root))
    .flatMap((one) => Object.keys(record(one)['properties'] ?? {}));
  return [...new Set(keys)];
}

function step(schema: unknown, part: string | number, root: unknown): unknown[] {
  return alternatives(schema, root).flatMap((one) => {
    const { properties, additionalProperties, items } = record(one);
    if (typeof part === 'number') return items === undefined ? [] : [items];
    const property = record(properties)[part] ?? additionalProperties;
    return property === undefined ? [] : [property];
  });
}

/** The schema itself and all it is made of: a union's members, what a `$ref` names. */
function alternatives(schema: unknown, root: unknown, depth = 0): unknown[] {
  if (depth > 10) return [];
  const { anyOf, oneOf, allOf, $ref } = record(schema);
  const inner = [anyOf, oneOf, allOf].flatMap((some) => (Array.isArray(some) ? some : []));
  if (typeof $ref === 'string') inner.push(resolve($ref, root));
  return [schema, ...inner.flatMap((one) => alternatives(one, root, depth + 1))];
}

function resolve(reference: string, root: unknown): unknown {
  let found = root;
  for (const part of reference.split('/').slice(1)) found = record(found)[part];
  return found;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? { ...value } : {};
}
