import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type {
  Component,
  ExporterFactory,
  ProcessorFactory,
  Receiver,
  ReceiverFactory,
} from '../../src/pipeline/component.ts';
import type { Consumer } from '../../src/pipeline/consumer.ts';
import type { ComponentEntry } from '../../src/pipeline/registry.ts';
import type { UnitOfWork } from '../../src/pipeline/unit-of-work.ts';
import type { Batch } from '../../src/record/batch.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import { OwnLog } from '../../src/service/own-log.ts';
import { Service } from '../../src/service/service.ts';
import { ConfigError } from '../../src/util/problem.ts';
import { configOf } from './fake-parts.ts';

/** Parts that tell what happens to them, and how the test feeds their pipeline. */
class Stage {
  /** `processor#2 starts`: of the second one of that id. */
  readonly journal: string[] = [];
  readonly #made = new Map<string, number>();
  readonly #entrances = new Map<string, Consumer>();

  /** Hands an empty batch to what the receiver feeds, as its next unit of work. */
  readonly feed = async (receiver: string, work: UnitOfWork): Promise<void> =>
    this.#entrances
      .get(receiver)
      ?.consume(new RecordBatch([], receiver, { stream: receiver, offset: 0 }), work);

  get parts(): readonly ComponentEntry[] {
    const options = z.strictObject({ option: z.number().default(0), broken: z.boolean().default(false) });
    type Options = z.output<typeof options>;
    const receiver: ReceiverFactory<Options> = {
      type: 'receiver',
      schema: options,
      create: async ({ id }, config, next): Promise<Receiver> => {
        this.#entrances.set(id, next);
        return { ...this.#component(id, config), kind: 'tail' };
      },
    };
    const processor: ProcessorFactory<Options> = {
      type: 'processor',
      schema: options,
      create: async ({ id }, config, next) => {
        const component = this.#component(id, config);
        const { name } = component;
        const begin = async (): Promise<void> => void this.journal.push(`${name} begins`);
        const consume = async (batch: Batch, work: UnitOfWork): Promise<void> => {
          this.journal.push(`${name} consumes`);
          await next.consume(batch, work);
        };
        return { ...component, begin, consume };
      },
    };
    const exporter: ExporterFactory<Options> = {
      type: 'exporter',
      schema: options,
      create: async ({ id }, config) => {
        const component = this.#component(id, config);
        const consume = async (): Promise<void> => void this.journal.push(`${component.name} consumes`);
        const tryNow = (): void => void this.journal.push(`${component.name} tries`);
        return { ...component, consume, waiting: () => 0, drained: async () => {}, tryNow };
      },
    };
    return [
      { kind: 'receiver', type: 'receiver', aliases: [], load: async () => receiver },
      { kind: 'processor', type: 'processor', aliases: [], load: async () => processor },
      { kind: 'exporter', type: 'exporter', aliases: [], load: async () => exporter },
    ];
  }

  #component(id: string, { broken }: { readonly broken: boolean }): Component & { readonly name: string } {
    const number = (this.#made.get(id) ?? 0) + 1;
    this.#made.set(id, number);
    const name = `${id}#${number}`;
    return {
      name,
      start: async () => {
        this.journal.push(`${name} starts`);
        if (broken) throw new Error(`${name} is broken`);
      },
      shutdown: async () => void this.journal.push(`${name} stops`),
    };
  }
}

const config = (options: { receiver?: object; processor?: object; exporter?: object } = {}): object => ({
  receivers: { receiver: options.receiver ?? {} },
  processors: { processor: options.processor ?? {} },
  exporters: { exporter: options.exporter ?? {} },
  service: {
    pipelines: { logs: { receivers: ['receiver'], processors: ['processor'], exporters: ['exporter'] } },
  },
});

/** A running service, with nothing in the journal yet. */
async function scene() {
  const stage = new Stage();
  const log = new OwnLog({ level: 'error', encoding: 'console' }, { fd: 2, isTTY: false, write: () => {} });
  const load = (text: object) => configOf(text, stage.parts);
  const service = await Service.create(await load(config()), log, 'run');
  await service.start();
  onTestFinished(async () => void (await service.stop()));
  stage.journal.length = 0;
  return { stage, service, reload: async (text: object) => service.reload(await load(text)) };
}

/** Who consumes what the receiver hands on. */
async function consumers(stage: Stage): Promise<readonly string[]> {
  const before = stage.journal.length;
  await stage.feed('receiver', {} as UnitOfWork);
  return stage.journal.slice(before);
}

describe('a reload', () => {
  test('makes processors anew, leaves all else that is configured as it was, and has exporters try again', async () => {
    const { stage, reload } = await scene();
    await reload(config());
    expect(stage.journal).toEqual([
      'logs:processor#2 starts',
      'logs:processor#2 begins',
      'logs:processor#1 stops',
      'exporter#1 tries',
    ]);
    expect(await consumers(stage)).toEqual(['logs:processor#2 consumes', 'exporter#1 consumes']);
  });

  test('stops what has changed before its successor starts, and receivers begin last', async () => {
    const { stage, reload } = await scene();
    await reload(config({ receiver: { option: 1 }, exporter: { option: 1 } }));
    expect(stage.journal).toEqual([
      'receiver#1 stops',
      'exporter#1 stops',
      'exporter#2 starts',
      'logs:processor#2 starts',
      'logs:processor#2 begins',
      'logs:processor#1 stops',
      'receiver#2 starts',
      'exporter#2 tries',
    ]);
    expect(await consumers(stage)).toEqual(['logs:processor#2 consumes', 'exporter#2 consumes']);
  });

  for (const part of ['receiver', 'processor', 'exporter'] as const) {
    test(`to a ${part} that does not start goes back to what was before`, async () => {
      const { stage, service, reload } = await scene();
      let failure: unknown;
      void service.failure.catch((error: unknown) => (failure = error));
      await expect(reload(config({ [part]: { broken: true } }))).rejects.toThrow('#2 is broken');
      const [processor = '', exporter = ''] = await consumers(stage);
      const running = [processor, exporter].map((entry) => entry.replace(' consumes', ''));
      for (const name of running) {
        expect(stage.journal.filter((entry) => entry === `${name} stops`)).toEqual([]);
      }
      expect(stage.journal).toContain(`${part === 'processor' ? 'logs:processor' : part}#2 stops`);
      expect(failure).toBeUndefined();
      stage.journal.length = 0;
      await reload(config());
      expect(stage.journal).toHaveLength(4);
    });
  }

  test('to a configuration that cannot be made touches nothing', async () => {
    const { stage, service, reload } = await scene();
    await expect(reload({ ...config(), exporters: {} })).rejects.toBeInstanceOf(ConfigError);
    expect(stage.journal).toEqual([]);
    await service.stop();
    await reload(config());
    expect(stage.journal.filter((entry) => entry.endsWith('starts'))).toEqual([]);
  });
});
