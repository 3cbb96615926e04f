import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../../src/pipeline/component.ts';
import { detection } from '../../../src/processors/detection.ts';
import { fileLog } from '../../../src/receivers/file-log.ts';
import { fromMillis } from '../../../src/record/time.ts';
import { WorkRunner } from '../../../src/service/work.ts';
import { counters } from '../../../src/store/counter.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { RecordingConsumer } from '../../recording-consumer.ts';
import { settings } from '../../settings.ts';

/** What came of a log: records as text, and counters of the receiver and of the processor. */
export interface Outcome {
  readonly records: readonly string[];
  readonly read: Readonly<Record<string, number>>;
  readonly found: Readonly<Record<string, number>>;
}

const now = fromMillis(1_775_995_200_000);

/** Replays a log file through a receiver and a detection processor, as a service would. */
export async function replayed(
  log: string | Uint8Array,
  detections: readonly string[],
  options: { readonly scanner: 'auto' | 'off'; readonly maxLogSize?: string },
): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-scan-'));
  try {
    writeFileSync(join(directory, 'audit.log'), log);
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
  { scanner, maxLogSize = '16MiB' }: { readonly scanner: 'auto' | 'off'; readonly maxLogSize?: string },
): Promise<Outcome> {
  const store = new MemoryStore();
  const runner = new WorkRunner(store, () => now);
  const out = new RecordingConsumer();
  const found = detection.schema.parse({ detections: ['*.yaml'], scanner });
  const processor = await detection.create(settings('detection', { directory, now: () => now }), found, out);
  const read = fileLog.schema.parse({
    include: join(directory, 'audit.log'),
    start_at: 'beginning',
    max_log_size: maxLogSize,
  });
  const receiver = await fileLog.create(settings('file_log', { now: () => now }), read, processor);
  await new Promise<void>((resolve, reject) => {
    const host: Host = {
      mode: 'replay',
      store,
      work: (given) => runner.run(given),
      caughtUp: () => resolve(),
      fail: reject,
    };
    receiver.start(host).catch(reject);
  });
  while (await runner.run(async (work) => processor.finish?.(work)));
  await receiver.shutdown(AbortSignal.timeout(5_000));
  return {
    records: out.records.map((record) =>
      JSON.stringify(record, (_, value: unknown) => plain(value)).replaceAll(directory, ''),
    ),
    read: Object.fromEntries(counters(store, 'file_log')),
    found: Object.fromEntries(counters(store, 'detection')),
  };
}

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
