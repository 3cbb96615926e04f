import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Host } from '../../../src/pipeline/component.ts';
import { detection } from '../../../src/processors/detection.ts';
import { FileLogReceiver, type FileLogConfig } from '../../../src/receivers/file-log/file-log-receiver.ts';
import { fromMillis } from '../../../src/record/time.ts';
import { WorkRunner } from '../../../src/service/work.ts';
import { counters } from '../../../src/store/counter.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { byteSize } from '../../../src/util/byte-size.ts';
import { RecordingConsumer } from '../../recording-consumer.ts';
import { settings } from '../../settings.ts';

/** What came of a log: records as text, and counters of the receiver and of the processor. */
export interface Outcome {
  readonly records: readonly string[];
  readonly read: Readonly<Record<string, number>>;
  readonly found: Readonly<Record<string, number>>;
}

const now = fromMillis(1_775_995_200_000);

export interface ReplayWishes {
  readonly scanner: 'auto' | 'off';
  readonly maxLogSize?: string;
  /** Starts threads, if there are to be some. */
  readonly readAhead?: FileLogConfig['readAhead'];
  readonly unwrapping?: FileLogConfig['unwrapping'];
}

/** Replays log files through a receiver and a detection processor, as a service would. */
export async function replayed(
  logs: string | Uint8Array | Readonly<Record<string, string>>,
  detections: readonly string[],
  options: ReplayWishes,
): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-scan-'));
  try {
    const files = typeof logs === 'string' || logs instanceof Uint8Array ? { 'audit.log': logs } : logs;
    for (const [name, log] of Object.entries(files)) writeFileSync(join(directory, name), log);
    for (const [index, text] of detections.entries()) {
      writeFileSync(join(directory, `${index}.yaml`), text);
    }
    return await run(directory, options);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function run(
  directory: string,
  { scanner, maxLogSize = '16MiB', readAhead = () => undefined, unwrapping }: ReplayWishes,
): Promise<Outcome> {
  const store = new MemoryStore();
  // Time ends no unit of work here: files would have their turns at other places.
  const runner = new WorkRunner(
    store,
    () => now,
    () => 0,
  );
  const out = new RecordingConsumer();
  const found = detection.schema.parse({ detections: ['*.yaml'], scanner });
  const processor = await detection.create(settings('detection', { directory, now: () => now }), found, out);
  const receiver = new FileLogReceiver(
    settings('file_log', { now: () => now }),
    {
      include: [join(directory, '*.log')],
      exclude: [],
      startAt: 'beginning',
      pollMs: 250,
      maxLine: byteSize.parse(maxLogSize),
      resource: { attributes: {} },
      attributesOf: (path) => ({ 'log.file.name': basename(path) }),
      maxOpen: 2,
      graceMs: 1_000,
      silenceMs: 60_000,
      readAhead,
      unwrapping,
    },
    processor,
  );
  await new Promise<void>((resolve, reject) => {
    const host: Host = {
      mode: 'replay',
      store,
      health: { set: () => {} },
      work: (given) => runner.run(given),
      caughtUp: () => resolve(),
      fail: reject,
    };
    receiver.start(host).catch(reject);
  });
  while (await runner.run(async (work) => processor.finish?.(work)));
  await receiver.shutdown();
  return {
    records: out.records.map((record) =>
      JSON.stringify(record, (_, value: unknown) => plain(value)).replaceAll(directory, ''),
    ),
    read: Object.fromEntries(counters(store, 'file_log')),
    found: Object.fromEntries(counters(store, 'detection')),
  };
}

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
