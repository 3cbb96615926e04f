/** Told what goes wrong, or changes, beside the requests. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
