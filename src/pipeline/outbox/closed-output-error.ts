/** In a replay: nobody takes what an exporter delivers any more, so that there is nothing to go on for. */
export class ClosedOutputError extends Error {
  override readonly name = 'ClosedOutputError';
}
