import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RecordingConsumer } from '../otlp/bench.ts';
import { AuditBench } from './bench.ts';

const data = fileURLToPath(
  new URL('../../../../shared/data/audit/kube-apiserver-1.34/webhook/', import.meta.url),
);

/** A request as it came from a kube-apiserver. */
interface Recorded {
  readonly line: string;
  readonly headers: readonly (readonly [string, string])[];
}

let consumer: RecordingConsumer;
let bench: AuditBench;
beforeEach(async () => {
  consumer = new RecordingConsumer();
  bench = new AuditBench(consumer);
  await bench.start({ path: '/k8s/audit' });
});
afterEach(() => bench.stop());

describe.skipIf(!existsSync(data))('what a kube-apiserver has sent (../shared/data)', () => {
  const [request = ''] = existsSync(data)
    ? readFileSync(`${data}requests-a.jsonl`, 'utf8').split('\n', 1)
    : [];

  test.each([
    'batch-a-003.json',
    'batch-a-005.json',
    'batch-a-006.json',
    'batch-a-008.json',
    'batch-a-012.json',
    'batch-b-006.json',
    'blocking-mode-one-event.json',
  ])('%s is taken with its own headers, each event with its own bytes', async (name) => {
    const { line, headers }: Recorded = JSON.parse(request);
    const [, path = ''] = line.split(' ');
    const body = readFileSync(`${data}${name}`);
    const own = headers.filter(([header]) => !/^(?:host|content-length)$/i.test(header));
    const response = await bench.post(body, Object.fromEntries(own), path);
    expect(response.status).toBe(200);

    const lines = consumer.records.map(({ body: text }) => (typeof text === 'string' ? text : ''));
    const { items } = JSON.parse(body.toString()) as { readonly items: readonly unknown[] };
    expect(lines.map((text): unknown => JSON.parse(text))).toEqual(items);
    // The API server puts nothing between its events but commas.
    expect(body.includes(`"items":[${lines.join(',')}]`)).toBe(true);
    expect(bench.counters).toMatchObject({ requests: 1, lines: items.length });
  });
});
