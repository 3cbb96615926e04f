import { z } from 'zod';
import type { ComponentEntry, ComponentKind } from '../../pipeline/registry.ts';
import { sectionOf } from './component-name.ts';
import { leftOutComponents, leftOutOptions } from './foreign.ts';
import { serviceSchema } from './service-schema.ts';

/**
 * JSON Schema (draft 2020-12) of a configuration file, for editors: every component of `components` under `type` and
 * `type/name`, old spellings too, and as deprecated what is left out. It does not know what `${...}` will stand for,
 * and takes it for any value but a map.
 */
export async function configSchema(components: readonly ComponentEntry[]): Promise<object> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'riskpipe configuration',
    type: 'object',
    properties: {
      receivers: await section('receiver', components),
      processors: await section('processor', components),
      exporters: await section('exporter', components),
      extensions: await section('extension', components),
      service: schemaOf(serviceSchema, 'service'),
    },
    required: ['service'],
    additionalProperties: false,
  };
}

async function section(kind: ComponentKind, components: readonly ComponentEntry[]): Promise<object> {
  const entries = components.filter((entry) => entry.kind === kind);
  const patterns = entries.map(async (entry) => {
    const { type, aliases } = entry;
    const { schema } = await entry.load();
    // An id of its own, so that references inside it are to itself.
    const own = { $id: `urn:riskpipe:${sectionOf(kind)}:${type}`, ...schemaOf(schema, `${kind}/${type}`) };
    return [idPattern(type, ...aliases), { anyOf: [own, { type: 'null' }] }] as const;
  });
  const foreign = leftOutComponents(kind).map(([type, advice]) => [idPattern(type), deprecated(advice)]);
  return {
    type: ['object', 'null'],
    patternProperties: Object.fromEntries([...(await Promise.all(patterns)), ...foreign]),
    additionalProperties: false,
  };
}

const idPattern = (...types: readonly string[]): string => `^(${types.join('|')})(/.+)?$`;

const deprecated = (advice: string): z.core.JSONSchema.BaseSchema => ({
  deprecated: true,
  description: `not needed here: ${advice}`,
});

/** `owner`: as the table of foreign options names it. */
function schemaOf(schema: z.ZodType, owner: string): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  for (const [option, advice] of leftOutOptions(owner)) addOption(rest, option.split('.'), advice);
  return Object(allowVariables(rest));
}

/** Adds the option at `path` to the map that it is for, if there is one. */
function addOption(schema: z.core.JSONSchema.BaseSchema, path: readonly string[], advice: string): void {
  const [key = '', ...inside] = path;
  const below = schema.properties?.[key];
  if (inside.length === 0 && schema.properties !== undefined) schema.properties[key] ??= deprecated(advice);
  else if (typeof below === 'object') for (const one of mapsIn(below)) addOption(one, inside, advice);
}

/** `schema` itself, or the kinds of maps that a list of it may hold. */
function mapsIn(schema: z.core.JSONSchema.BaseSchema): readonly z.core.JSONSchema.BaseSchema[] {
  const { items } = schema;
  return typeof items === 'object' && !Array.isArray(items) ? (items.oneOf ?? [items]) : [schema];
}

const variable = { type: 'string', pattern: '\\$\\{' };
const closed: ReadonlySet<unknown> = new Set(['boolean', 'integer', 'number', 'array']);

/** The schema with `${...}` allowed instead of whatever is no text, or one of a few. */
function allowVariables(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(allowVariables);
  if (schema === null || typeof schema !== 'object') return schema;
  const all = Object.entries(schema).map(([key, value]) => [key, allowVariables(value)] as const);
  const { type, enum: choices, description, default: preset, ...rest } = Object.fromEntries(all);
  if (!closed.has(type) && !Array.isArray(choices)) return Object.fromEntries(all);
  return { description, default: preset, anyOf: [{ type, enum: choices, ...rest }, variable] };
}
