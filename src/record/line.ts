const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** One complete line of a batch, without its line end. Valid as long as the batch is. */
export interface Line {
  readonly bytes: Uint8Array;
  /** Decoded on first use; invalid UTF-8 becomes U+FFFD. */
  readonly text: string;
  /** Offset in the stream of the byte behind the line's end. */
  readonly end: number;
}

export class DecodedLine implements Line {
  readonly bytes: Uint8Array;
  readonly end: number;
  #text: string | undefined;

  constructor(bytes: Uint8Array, end: number) {
    this.bytes = bytes;
    this.end = end;
  }

  get text(): string {
    return (this.#text ??= decoder.decode(this.bytes));
  }
}
