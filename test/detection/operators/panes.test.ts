import { describe, expect, test } from 'vitest';
import { Panes } from '../../../src/detection/operators/panes.ts';
import { fromMillis } from '../../../src/record/time.ts';

const panesOf = (): Panes => new Panes('p', { size: 10, offset: 3, keep: 5 });

describe('the pane of a time', () => {
  for (const [ms, start] of [
    [3, 3],
    [12, 3],
    [13, 13],
    [2, -7],
    [-8, -17],
  ] as const) {
    test(`of ${ms} ms begins at ${start} ms`, () => {
      expect(panesOf().at(fromMillis(ms))).toEqual({
        table: `p/${fromMillis(start)}`,
        start: fromMillis(start),
        end: fromMillis(start + 10),
        closes: fromMillis(start + 15),
      });
    });
  }

  test('does not depend on what was asked before', () => {
    const panes = panesOf();
    for (const ms of [12, 13, 12, -8, 22, 23, 3, 2, 13]) {
      expect(panes.at(fromMillis(ms))).toEqual(panesOf().at(fromMillis(ms)));
      expect(panes.around(fromMillis(ms))).toEqual(
        [ms - 10, ms, ms + 10].map((at) => panesOf().at(fromMillis(at))),
      );
    }
  });
});
