import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import type { ReceiverFactory } from '../../../src/pipeline/component.ts';
import { isOwnEvent } from '../../../src/record/own.ts';
import { TestHost } from '../../pipeline/test-host.ts';
import { RecordingConsumer } from '../../receivers/otlp/bench.ts';
import { RecordingLogger } from '../../recording-logger.ts';
import { settings } from '../../settings.ts';
import type { Endpoint, Opened, Sent } from './endpoint.ts';

/** What a receiver is sent when all is right. */
interface Right {
  /** A URL without its host. */
  readonly path: string;
  /** Of type `application/json`, with one line in it. */
  readonly body: string;
}

/** A receiver that listens for HTTP/1.1; `configured`: its options around those of a listener. */
export function receiving<Config>(
  name: string,
  factory: ReceiverFactory<Config>,
  configured: (listener: object) => object,
  { path, body }: Right,
): Endpoint {
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  const open = async (tokensFile?: string): Promise<Opened> => {
    const listener = { ...listenerOptions(tokensFile), max_request_body_size: '1MiB' };
    const started = await startReceiver(factory, configured(listener));
    return { ...started, send: (sent) => statusOf(started.address, path, body, sent) };
  };
  return { name, head, takesBodies: true, open };
}

/** Where any receiver listens in these tests, and for whom. */
export const listenerOptions = (tokensFile: string | undefined): object => ({
  endpoint: '127.0.0.1:0',
  ...(tokensFile !== undefined && { auth: { bearer_token_file: tokensFile } }),
});

/** A running receiver; it is stopped when the test is over. */
export async function startReceiver<Config>(
  factory: ReceiverFactory<Config>,
  options: object,
): Promise<Omit<Opened, 'send'>> {
  const log = new RecordingLogger();
  const consumer = new RecordingConsumer();
  const receiver = await factory.create(
    settings(`${factory.type}/in`, { log }),
    factory.schema.parse(options),
    consumer,
  );
  await receiver.start(new TestHost());
  onTestFinished(() => receiver.shutdown(AbortSignal.abort()));
  // Notices are no lines.
  const lines = (): number => consumer.records.filter(({ eventName }) => !isOwnEvent(eventName)).length;
  return { address: addressIn(log), lines };
}

/** Where a component listens, as it says itself. */
export function addressIn({ lines }: RecordingLogger): string {
  const address = lines
    .map((line) => /127\.0\.0\.1:\d+/.exec(line)?.[0])
    .find((found) => found !== undefined);
  if (address === undefined) throw new Error(`it does not say where it listens:\n${lines.join('\n')}`);
  return address;
}

function statusOf(address: string, path: string, right: string, sent: Sent = {}): Promise<number> {
  const { body = Buffer.from(right), packed, authorization } = sent;
  return new Promise((resolve, reject) => {
    const sending = request(`http://${address}${path}`, {
      method: 'POST',
      agent: false,
      headers: {
        'Content-Type': 'application/json',
        ...(packed !== undefined && { 'Content-Encoding': packed }),
        ...(authorization !== undefined && { Authorization: authorization }),
      },
    });
    sending.once('error', reject);
    sending.once('response', (response) => {
      response.resume().once('close', () => resolve(response.statusCode ?? 0));
    });
    sending.end(body);
  });
}
