import type { Batch } from '../../record/batch.ts';
import { JsonObject, parseJson } from '../../record/json.ts';
import type { Line } from '../../record/line.ts';
import type { Time } from '../../record/time.ts';
import { Row, type Meaning } from './row.ts';

export interface RowOptions {
  /** A line of plain text is a row, too: some plan reads such lines. */
  readonly textLines: boolean;
  /** When the line came, for events that have no time of their own. */
  readonly received?: Time;
}

/** An object, or an array that holds something that JSON may hold: what stands behind a log's `[` is seldom that. */
const startsLikeJson = /^\s*(?:\{|\[\s*[[{"\]])/;

/**
 * A line as a row; undefined if it is malformed: no JSON object, nor plain text where that is allowed. What starts like
 * JSON and is not is no plain text (spec/spl.md §9).
 */
export function rowOf(
  line: Line,
  source: Pick<Batch, 'resource' | 'attributes'>,
  meaning: Meaning,
  { textLines, received }: RowOptions,
): Row | undefined {
  const event = parseJson(line.bytes);
  if (event instanceof JsonObject) return new Row(event, line, source, meaning, received);
  if (!textLines || startsLikeJson.test(line.text)) return undefined;
  return new Row(undefined, line, source, meaning, received);
}
