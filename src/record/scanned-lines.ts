/**
 * What a scan has found out about some whole lines, as plain data that threads can send each other. Offsets count from
 * the first byte of those lines; the end of a line is where its line end begins.
 */
export interface ScannedLines {
  /** How many lines there are, blank ones aside. */
  readonly lines: number;
  /** What was looked for beside the plans, by the numbers that the consumer gave it. */
  readonly open: readonly number[];
  /** Lines that some plan may hold for, in order: start, end, 1 if it is odd (else 0), `words` words of plans. */
  readonly candidates: Uint32Array;
  /** Bit n of word w: plan number 32w + n may hold. */
  readonly words: number;
  /** Lines that the clock of the stream goes by, in order. */
  readonly clock: readonly ClockLine[];
  /** Ends of such lines, of either kind, that `\r\n` stands at; at all others it is `\n`. */
  readonly returns: readonly number[];
}

/** A line that the clock of a stream goes by (design §5). */
export interface ClockLine {
  readonly start: number;
  readonly end: number;
  /** The time that it most likely says, as it stands there; undefined if it takes a parser to tell. */
  readonly likely: string | undefined;
  /** True if it is certain that the line is an event, so that `likely` is its time. */
  readonly certain: boolean;
}
