import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { prefixBytes, unframed } from '../../net/grpc/frame.ts';
import { GrpcClient, type CallMessage } from '../../net/grpc/grpc-client.ts';
import type { GrpcReply } from '../../net/grpc/grpc-reply.ts';
import { networkReason } from '../../net/network-reason.ts';
import { certificateWords, refresh } from '../../net/refresh.ts';
import { shown } from '../../net/shown.ts';
import type { TlsFiles } from '../../net/tls-files.ts';
import { warnOfTls } from '../../net/warn-of-tls.ts';
import { userAgent } from '../../net/user-agent.ts';
import { encode } from '../../otlp/encode.ts';
import { readTaken } from '../../otlp/read-taken.ts';
import type { Settings } from '../../pipeline/component.ts';
import type { Destination, Outcome } from '../../pipeline/outbox/destination.ts';
import type { LogRecord } from '../../record/record.ts';
import type { Config } from './config.ts';
import { outcomeOf } from './outcome.ts';

const pack = promisify(gzip);
const method = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';

/** An OTLP/gRPC backend: the bytes of `otlp_http` with `encoding: proto`, in a unary call. */
export class GrpcDestination implements Destination {
  readonly #settings: Settings;
  readonly #config: Config;
  readonly #tls: TlsFiles;
  readonly #client: GrpcClient;

  /** `tls`: the files of `config.tls`, as read. */
  constructor(settings: Settings, config: Config, tls: TlsFiles) {
    this.#settings = settings;
    this.#config = config;
    this.#tls = tls;
    const { origin, authority, timeout } = config;
    this.#client = new GrpcClient({ origin, authority, timeoutMs: timeout }, tls.options);
  }

  async open(): Promise<void> {
    const { log } = this.#settings;
    const { origin, tls } = this.#config;
    log.info(`shipping OTLP/gRPC to ${origin}`);
    if (this.#isSecure) warnOfTls(tls, log);
  }

  async deliver(records: readonly LogRecord[], signal: AbortSignal): Promise<Outcome> {
    const bytes = encode(records, 'proto');
    const packed = this.#config.compression === 'gzip';
    const message = packed ? await pack(bytes) : bytes;
    const reply = await this.#call({ message, packed }, signal);
    return reply.code === 0 ? this.#taken(reply.body) : outcomeOf(reply, this.#config.origin);
  }

  /** An empty call, which a backend has to answer with success (spec/collector.md §4.5). */
  probe(signal: AbortSignal): Promise<Outcome> {
    return this.deliver([], signal);
  }

  async close(): Promise<void> {
    this.#client.close();
  }

  get #isSecure(): boolean {
    return this.#config.origin.startsWith('https:');
  }

  /** Rejects, with a reason for a person, if no answer comes. */
  async #call(sent: CallMessage, signal: AbortSignal): Promise<GrpcReply> {
    const { origin, headers } = this.#config;
    // HTTP/2 knows lower case only, and of each such name one value.
    const own = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));
    const metadata = { 'user-agent': userAgent, ...own };
    try {
      await this.#renewTls();
      return await this.#client.call(method, sent, metadata, signal);
    } catch (cause) {
      throw new Error(networkReason(cause, origin), { cause });
    }
  }

  /** Certificates may be replaced while we run. */
  async #renewTls(): Promise<void> {
    if (!this.#isSecure) return;
    const hasChanged = await refresh(this.#tls, certificateWords, this.#settings.log);
    if (hasChanged) this.#client.renew(this.#tls.options);
  }

  /** A call that was taken, perhaps not all of it. */
  #taken(body: Buffer): Outcome {
    const { origin } = this.#config;
    const { log } = this.#settings;
    // What is more or less than one message is read as far as it can be.
    const taken = readTaken(unframed(body)?.message ?? body.subarray(prefixBytes), 'proto');
    if (taken.kind === 'partial') {
      const reason = `${origin} took the call but not ${taken.rejected}: ${shown(taken.said)}`;
      return { kind: 'partial', reason };
    }
    if (taken.kind === 'warned') log.warn(`${origin} took the call and warns: ${shown(taken.said)}`);
    if (taken.kind === 'unknown') {
      log.warn(`${origin} took the call, but its answer is no OTLP response; is it an OTLP backend?`);
    }
    return { kind: 'delivered' };
  }
}
