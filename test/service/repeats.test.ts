import { expect, test } from 'vitest';
import { Repeats, type Held, type Level } from '../../src/service/repeats.ts';

class Scene {
  now = 0;
  readonly said: (readonly [Level, string, string, number])[] = [];
  readonly repeats = new Repeats(
    () => this.now,
    ({ level, component, message, count }: Held) => this.said.push([level, component, message, count]),
  );

  /** How many of so many equal messages pass; they differ in a number. */
  passed(times: number, level: Level = 'warn', component = 'otlp_http'): number {
    const messages = Array.from({ length: times }, (_, index) => `cannot deliver, ${index} records wait`);
    return messages.filter((message) => this.repeats.passes(level, component, message)).length;
  }
}

const first = 'cannot deliver, 0 records wait';

test('equal messages pass five times in ten seconds, and the next one says first how many were held back', () => {
  const scene = new Scene();
  expect(scene.passed(8)).toBe(5);
  expect(scene.repeats.passes('warn', 'otlp_http', 'another message')).toBe(true);
  scene.now = 9_999;
  expect(scene.passed(1)).toBe(0);
  scene.now = 10_000;
  expect([scene.passed(1), scene.said]).toEqual([1, [['warn', 'otlp_http', first, 4]]]);
});

test('errors are limited as well', () => {
  expect(new Scene().passed(170, 'error')).toBe(5);
});

test('neither a component nor a level holds back another', () => {
  const scene = new Scene();
  expect([scene.passed(9), scene.passed(9, 'warn', 'file'), scene.passed(9, 'error')]).toEqual([5, 5, 5]);
});

test('what was held back is said though the message never comes again, once', () => {
  const scene = new Scene();
  scene.passed(8);
  scene.repeats.settle();
  expect(scene.said).toEqual([]);
  scene.now = 10_000;
  scene.repeats.settle();
  scene.repeats.settle();
  expect(scene.said).toEqual([['warn', 'otlp_http', first, 3]]);
});

test('at the end it is said at once, and nothing of what was never held back', () => {
  const scene = new Scene();
  scene.passed(8);
  scene.passed(5, 'info');
  scene.repeats.end();
  scene.repeats.end();
  expect(scene.said).toEqual([['warn', 'otlp_http', first, 3]]);
});

test('of a thousand other messages the one longest known gives way, and its count is said', () => {
  const scene = new Scene();
  scene.passed(8);
  const others = (count: number, from = 0): void => {
    for (let index = from; index < from + count; index++)
      scene.repeats.passes('info', 'file_log', String.fromCodePoint(0x4e00 + index));
  };
  others(999);
  expect([scene.said, scene.passed(1)]).toEqual([[], 0]);
  others(1, 999);
  expect([scene.said, scene.passed(1)]).toEqual([[['warn', 'otlp_http', first, 4]], 1]);
});
