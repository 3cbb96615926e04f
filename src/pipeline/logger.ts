/** Own log of a component. Messages are lower case without a full stop; `detail` holds values, never event bodies. */
export interface Logger {
  debug(message: string, detail?: object): void;
  info(message: string, detail?: object): void;
  warn(message: string, detail?: object): void;
  error(message: string, detail?: object): void;
}
