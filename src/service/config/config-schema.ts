import { z } from 'zod';
import type { ComponentEntry, ComponentKind } from '../../pipeline/registry.ts';
import { sectionOf } from './component-name.ts';
import { serviceSchema } from './service-schema.ts';

/**
 * JSON Schema (draft 2020-12) of a configuration file, for editors: every component of `components` under `type` and
 * `type/name`, old spellings too. `${...}` is text to it: it does not know what that will stand for.
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
      service: schemaOf(serviceSchema),
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
    const own = { $id: `urn:riskpipe:${sectionOf(kind)}:${type}`, ...schemaOf(schema) };
    return [`^(${[type, ...aliases].join('|')})(/.+)?$`, { anyOf: [own, { type: 'null' }] }] as const;
  });
  return {
    type: ['object', 'null'],
    patternProperties: Object.fromEntries(await Promise.all(patterns)),
    additionalProperties: false,
  };
}

function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
