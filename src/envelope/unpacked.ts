import { hashOf } from '../record/hash.ts';
import { unreachable } from '../util/assert.ts';
import { contentsIn } from './contents-in.ts';
import { envelopesOf, type Encoding } from './encoding.ts';
import type { Content } from './envelope.ts';
import { PackedBytes, type UnpackLimits } from './packed-bytes.ts';

/** So often may something be packed in something: Pub/Sub or Firehose, a subscription, and two to spare. */
const mostDepth = 4;

/** The audit events in one body or line, which holds one document or several (`documentsIn`). */
export class Unpacked {
  readonly #bytes: Buffer;
  readonly #contents: readonly Content[];
  readonly #packed: PackedBytes;
  #reason: string | undefined;
  #broken = 0;

  /** `encoding`: what the documents are; those that are packed in them may be any. */
  constructor(bytes: Buffer, encoding: Encoding, limits: UnpackLimits) {
    this.#bytes = bytes;
    this.#packed = new PackedBytes(limits);
    const plain = this.#packed.unpack(bytes);
    if (typeof plain === 'string') this.#fail(plain);
    this.#contents = typeof plain === 'string' ? [] : contentsIn(plain, envelopesOf(encoding));
  }

  /**
   * What tells it from others: a hash of what it holds. What a service writes around that, such as how often it has tried,
   * does not count, unless there is nothing in it that can be read.
   */
  get digest(): string {
    if (this.#contents.every(({ kind }) => kind === 'broken')) return hashOf(this.#bytes);
    let digest = '';
    for (const content of this.#contents) digest = hashOf(digest, textOf(content));
    return digest;
  }

  /**
   * The events in order, as JSON each, or what stands where one should: whether it is one is judged where lines are. To be
   * asked once; unpacks what is packed piece by piece, as it is asked.
   */
  *events(): Generator<Buffer, void> {
    yield* this.#eventsOf(this.#contents, 0);
  }

  /** As a clause, why not all of it could be read; undefined if it could. Complete once all events were asked for. */
  get problem(): string | undefined {
    const [reason, others] = [this.#reason, this.#broken - 1];
    return reason === undefined || others === 0 ? reason : `${reason} (and ${others} more like it)`;
  }

  *#eventsOf(contents: readonly Content[], depth: number): Generator<Buffer, void> {
    for (const content of contents) {
      switch (content.kind) {
        case 'event':
          if (/\S/.test(content.text)) yield Buffer.from(content.text);
          break;
        case 'packed':
          yield* this.#eventsIn(content.base64, depth + 1);
          break;
        case 'broken':
          this.#fail(content.reason);
          break;
        default:
          unreachable(content);
      }
    }
  }

  *#eventsIn(base64: string, depth: number): Generator<Buffer, void> {
    const bytes =
      depth > mostDepth ? 'it is packed too often' : this.#packed.unpack(Buffer.from(base64, 'base64'));
    if (typeof bytes === 'string') this.#fail(bytes);
    else yield* this.#eventsOf(contentsIn(bytes, envelopesOf('auto')), depth);
  }

  #fail(reason: string): void {
    this.#reason ??= reason;
    this.#broken++;
  }
}

function textOf(content: Content): string {
  switch (content.kind) {
    case 'event':
      return content.text;
    case 'packed':
      return content.base64;
    case 'broken':
      return content.reason;
    default:
      return unreachable(content);
  }
}
