import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { BodyReader } from '../../net/body-reader.ts';
import type { Compression } from '../../net/compression.ts';
import { prefixBytes, unframed } from '../../net/grpc/frame.ts';
import { Http2Server } from '../../net/http2-server.ts';
import type { ListenerFiles } from '../../net/listener-files.ts';
import { rejectionOf } from '../../net/rejection-of.ts';
import { Rejection } from '../../net/rejection.ts';
import { sayWhere } from '../../net/say-where.ts';
import type { Logger } from '../../pipeline/logger.ts';
import { acceptCall, refuseCall, refuseRequest } from './call-answer.ts';
import { isCall, readCallHead } from './call-head.ts';
import { boundsOf, type GrpcConfig } from './grpc-config.ts';
import type { Intake } from './intake.ts';
import { listenerLimits } from './listener-limits.ts';
import type { Listener } from './listener.ts';

/** OTLP/gRPC: answers OK once the records of a call are durable. */
export class GrpcListener implements Listener {
  readonly #log: Logger;
  readonly #config: GrpcConfig;
  readonly #bodies: BodyReader;
  readonly #server: Http2Server;

  /** `files`: what `config` names, as read. */
  constructor(log: Logger, config: GrpcConfig, files: ListenerFiles) {
    this.#log = log;
    this.#config = config;
    this.#bodies = new BodyReader(config.max_recv_msg_size_mib * 2 ** 20 + prefixBytes);
    this.#server = new Http2Server({
      endpoint: config.endpoint,
      ...files,
      ...listenerLimits,
      maxStreams: config.max_concurrent_streams,
      bounds: boundsOf(config),
      log,
    });
  }

  async start(intake: Intake): Promise<void> {
    const listening = await this.#server.start((stream, headers) => this.#answer(stream, headers, intake));
    sayWhere({ what: 'OTLP/gRPC', sent: 'records' }, this.#config, listening, this.#log);
  }

  stop(signal: AbortSignal): Promise<void> {
    return this.#server.stop(signal);
  }

  async #answer(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, intake: Intake): Promise<void> {
    if (!isCall(headers)) return refuseRequest(stream);
    const source = stream.session?.socket.remoteAddress ?? 'a sender that has gone';
    try {
      await this.#take(stream, headers, intake, source);
      acceptCall(stream);
    } catch (error) {
      refuseCall(stream, rejectionOf(error, source, this.#log));
    }
  }

  async #take(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    intake: Intake,
    source: string,
  ): Promise<void> {
    const compression = readCallHead(headers);
    await this.#server.authorize(headers);
    await this.#bodies.read(stream, (sent) => {
      // Who has given up waiting sends again: taking this would only make a duplicate.
      const unpacked = async (): Promise<Buffer | undefined> =>
        stream.destroyed ? undefined : this.#message(sent, compression);
      return intake.take(unpacked, 'proto', source);
    });
  }

  #message(sent: Buffer, compression: Compression): Promise<Buffer> {
    const frame = unframed(sent);
    if (frame === undefined) throw new Rejection(400, 'the call does not hold one message, or ends early');
    if (frame.packed && compression === 'identity') {
      throw new Rejection(400, 'the message is packed, but "grpc-encoding" does not say how');
    }
    return this.#bodies.unpack(frame.message, frame.packed ? compression : 'identity');
  }
}
