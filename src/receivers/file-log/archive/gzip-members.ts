import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { gzipHeaderLength } from './gzip-header.ts';

/** Longest header that is waited for: its texts have no length. */
const mostHeaderBytes = 65_536;
const trailerBytes = 8;
const outputBytes = 262_144;

/**
 * How an archive ended. `whole`: after its last member, whatever lies behind it; `damaged`: it cannot be unpacked
 * any further.
 */
export type ArchiveEnd = { readonly kind: 'whole' } | { readonly kind: 'damaged'; readonly reason: string };

/**
 * Unpacks gzip members that follow each other, piece by piece as they are written, and holds each against its check
 * sum (RFC 1952). What follows the last member, zeros or anything else, is left alone.
 */
export class GzipMembers {
  readonly #output: (bytes: Buffer) => void;
  /** What was fed and not yet used: the beginning of a header or of a trailer. */
  #pending: Buffer = Buffer.alloc(0);
  #stage: 'header' | 'body' | 'trailer' = 'header';
  #inflate: InflateRaw | undefined;
  /** Bytes of the compressed body that were fed. */
  #fed = 0;
  #members = 0;
  #check = 0;
  #length = 0;
  #end: ArchiveEnd | undefined;

  /** `output` is given what is unpacked, in order; its own to keep. */
  constructor(output: (bytes: Buffer) => void) {
    this.#output = output;
  }

  /** Undefined as long as more may follow. */
  get end(): ArchiveEnd | undefined {
    return this.#end;
  }

  /** True between two members: if nothing more comes, nothing is missing. */
  get isBetween(): boolean {
    return this.#stage === 'header' && this.#members > 0 && this.#pending.length === 0;
  }

  /** Resolves once all that `bytes` give was handed out. Never rejects: see `end`. */
  async feed(bytes: Buffer): Promise<void> {
    let rest = Buffer.concat([this.#pending, bytes]);
    this.#pending = Buffer.alloc(0);
    while (rest.length > 0 && this.#end === undefined) {
      const used = await this.#step(rest);
      if (used === 0) {
        this.#pending = rest;
        return;
      }
      rest = rest.subarray(used);
    }
  }

  close(): void {
    this.#inflate?.destroy();
  }

  /** Uses some of `bytes`; returns how many, which is 0 if more have to come first. */
  #step(bytes: Buffer): Promise<number> | number {
    if (this.#stage === 'header') return this.#takeHeader(bytes);
    return this.#stage === 'body' ? this.#takeBody(bytes) : this.#takeTrailer(bytes);
  }

  #takeHeader(bytes: Buffer): number {
    const length = gzipHeaderLength(bytes);
    if (length === 'short' && bytes.length <= mostHeaderBytes) return 0;
    if (typeof length !== 'number') {
      this.#end = this.#members > 0 ? { kind: 'whole' } : damaged('it is not in gzip format');
      return 0;
    }
    this.#begin();
    return length;
  }

  #begin(): void {
    this.#stage = 'body';
    this.#fed = 0;
    this.#check = 0;
    this.#length = 0;
    this.#inflate = createInflateRaw({ chunkSize: outputBytes }).on('data', (bytes: Buffer) => {
      this.#check = crc32(bytes, this.#check);
      this.#length += bytes.length;
      this.#output(bytes);
    });
  }

  async #takeBody(bytes: Buffer): Promise<number> {
    const inflate = this.#inflate;
    if (inflate === undefined) return 0;
    const before = this.#fed;
    const outcome = await feedInflate(inflate, bytes);
    if (outcome instanceof Error) {
      this.#end = damaged(outcome.message);
      return 0;
    }
    this.#fed = inflate.bytesWritten;
    if (outcome === 'ended') this.#stage = 'trailer';
    return this.#fed - before;
  }

  #takeTrailer(bytes: Buffer): number {
    if (bytes.length < trailerBytes) return 0;
    const isIntact =
      bytes.readUInt32LE(0) === this.#check && bytes.readUInt32LE(4) === this.#length % 2 ** 32;
    this.#members++;
    this.#stage = 'header';
    if (!isIntact) this.#end = damaged('its check sum is wrong');
    return trailerBytes;
  }
}

const damaged = (reason: string): ArchiveEnd => ({ kind: 'damaged', reason });

/** `ended`: the compressed data ends within `bytes`; `inflate.bytesWritten` tells where. */
function feedInflate(inflate: InflateRaw, bytes: Buffer): Promise<'fed' | 'ended' | Error> {
  return new Promise((resolve) => {
    const settle = (outcome: 'fed' | 'ended' | Error): void => {
      inflate.off('end', ended).off('error', settle);
      resolve(outcome);
    };
    const ended = (): void => settle('ended');
    inflate.once('end', ended).once('error', settle);
    inflate.write(bytes, () => {
      // The end is told a moment after the bytes are used.
      setImmediate(() => settle('fed'));
    });
  });
}
