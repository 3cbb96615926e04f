/** One request, beside what makes it a right one. */
export interface Sent {
  /** Instead of the right one. */
  readonly body?: Uint8Array;
  /** How the body is packed: a `Content-Encoding`. */
  readonly packed?: string;
  /** What the request shows, as an `Authorization` header. */
  readonly authorization?: string;
}

/** A listener of ours on a free port of the loopback address; stopped when the test is over. */
export interface Opened {
  /** As `127.0.0.1:41234`. */
  readonly address: string;
  /** Sends over a connection of its own; the status, of gRPC the one of HTTP that means the same. */
  readonly send: (sent?: Sent) => Promise<number>;
  /** Lines that it has handed on. */
  readonly lines: () => number;
}

/** Whatever of ours can be reached by others. */
export interface Endpoint {
  readonly name: string;
  /** The beginning of a right request, without the end of its head, for who writes by hand; undefined of HTTP/2. */
  readonly head: string | undefined;
  /** It takes bodies of up to 1 MiB, and tokens from a file; else it shows pages, and has nothing of either. */
  readonly takesBodies: boolean;
  /** `tokensFile`: only who shows a token of it may send. */
  readonly open: (tokensFile?: string) => Promise<Opened>;
}
