/** A dead letter as a person names it: exporter and number, `otlp_http:12`. */
export interface LetterId {
  readonly exporter: string;
  readonly number: number;
}

export const formatLetterId = ({ exporter, number }: LetterId): string => `${exporter}:${number}`;

/** Undefined if `text` names none. */
export function parseLetterId(text: string): LetterId | undefined {
  const [, exporter, number] = /^(.+):([1-9]\d{0,14})$/.exec(text) ?? [];
  return exporter === undefined ? undefined : { exporter, number: Number(number) };
}
