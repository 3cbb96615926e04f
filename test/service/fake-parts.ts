import { z } from 'zod';
import type {
  Component,
  ExporterFactory,
  ProcessorFactory,
  ReceiverFactory,
} from '../../src/pipeline/component.ts';
import type { ComponentEntry } from '../../src/pipeline/registry.ts';
import { loadConfig } from '../../src/service/config/load-config.ts';
import type { Config } from '../../src/service/config/config.ts';
import { StoreError } from '../../src/store/store.ts';
import { ConfigError } from '../../src/util/problem.ts';

/** What the parts of a service did, in order: `logs/b:processor ticks`. */
export type Journal = string[];

/** Receivers that may be behind, processors that tick and may be wrong, exporters that never finish. */
export function partsOf(journal: Journal): readonly ComponentEntry[] {
  const part = (name: string): Component => ({
    start: async () => {},
    shutdown: async () => void journal.push(`${name} stops`),
  });
  const tail: ReceiverFactory<{ readonly current: boolean }> = {
    type: 'tail',
    schema: z.strictObject({ current: z.boolean().default(true) }),
    create: async ({ id }, { current }) => ({ ...part(id), kind: 'tail', isCurrent: () => current }),
  };
  const listen: ReceiverFactory<object> = {
    type: 'listen',
    schema: z.strictObject({}),
    create: async ({ id }) => ({ ...part(id), kind: 'listen' }),
  };
  const processor: ProcessorFactory<{
    readonly file: string;
    readonly trouble?: 'full' | 'unusable' | undefined;
  }> = {
    type: 'processor',
    schema: z.strictObject({
      file: z.string().default(''),
      trouble: z.enum(['full', 'unusable']).optional(),
    }),
    create: async ({ id }, { file, trouble }) => {
      const problem = { severity: 'error', line: 1, column: 1, path: '' } as const;
      if (file !== '') throw new ConfigError([{ ...problem, file, message: 'is wrong' }]);
      return {
        ...part(id),
        consume: async () => {},
        tick: async () => {
          if (trouble !== undefined) throw new StoreError(trouble, 'no room');
          journal.push(`${id} ticks`);
          return false;
        },
        // There is always more.
        finish: async () => {
          journal.push(`${id} closes`);
          return true;
        },
      };
    },
  };
  const exporter: ExporterFactory<object> = {
    type: 'exporter',
    schema: z.strictObject({}),
    create: async ({ id }) => ({
      ...part(id),
      consume: async () => {},
      waiting: () => 1,
      drained: () => new Promise(() => {}),
    }),
  };
  return [
    { kind: 'receiver', type: 'tail', aliases: [], load: async () => tail },
    { kind: 'receiver', type: 'listen', aliases: [], load: async () => listen },
    { kind: 'processor', type: 'processor', aliases: [], load: async () => processor },
    { kind: 'exporter', type: 'exporter', aliases: [], load: async () => exporter },
  ];
}

/** The configuration of such parts; JSON is YAML. */
export const configOf = (text: object, parts: readonly ComponentEntry[] = partsOf([])): Promise<Config> =>
  loadConfig([{ file: 'c.yaml', text: JSON.stringify(text) }], [], {}, parts);
