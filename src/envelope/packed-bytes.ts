import { gunzipSync } from 'node:zlib';

/** The bytes that gzip begins with, for its only method. */
const magic = Buffer.from([0x1f, 0x8b, 0x08]);
const tooLarge = 'it unpacks to more than is allowed';

/** What packed pieces may become: bounds that a bomb of gzip meets before memory does. */
export interface UnpackLimits {
  /** Bytes of one piece. */
  readonly piece: number;
  /** Bytes of all pieces of one body or line together. */
  readonly all: number;
}

/** Unpacks the pieces of one body or line, as far as its limits go. */
export class PackedBytes {
  readonly #piece: number;
  #left: number;

  constructor({ piece, all }: UnpackLimits) {
    this.#piece = piece;
    this.#left = all;
  }

  /** `bytes` without gzip, if they have it; or, as a clause, why they cannot be unpacked. */
  unpack(bytes: Buffer): Buffer | string {
    if (!magic.equals(bytes.subarray(0, magic.length))) return bytes;
    const most = Math.min(this.#piece, this.#left);
    if (most <= 0) return tooLarge;
    try {
      const unpacked = gunzipSync(bytes, { maxOutputLength: most });
      this.#left -= unpacked.length;
      return unpacked;
    } catch (error) {
      // The work was done all the same.
      this.#left -= most;
      return error instanceof RangeError ? tooLarge : 'its gzip is damaged or cut';
    }
  }
}
