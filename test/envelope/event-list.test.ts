import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsIn } from '../../src/envelope/event-list.ts';
import { eventList } from '../receivers/kubernetes-audit/bench.ts';

function textsIn(text: string): { readonly texts: readonly string[]; readonly problem: string | undefined } {
  const body = Buffer.from(text);
  const { spans, problem } = eventsIn(body);
  const texts: string[] = [];
  for (let index = 0; index < spans.length; index += 2) {
    texts.push(body.toString('utf8', spans[index], spans[index + 1]));
  }
  return { texts, problem };
}

const seed = 20_260_412;
const json = fc.json({ maxDepth: 4 });
const blanks = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

test('the spans of any list are its events, as they stand there', () => {
  const seen = { empty: 0, many: 0 };
  const property = fc.property(
    fc.array(json, { maxLength: 6 }),
    blanks,
    fc.boolean(),
    (events, blank, last) => {
      const list = `"items"${blank}:${blank}[${events.map((event) => blank + event + blank).join(',')}]`;
      const rest = ['"kind":"EventList"', '"apiVersion":"audit.k8s.io/v1"', '"metadata":{"a":["}"]}'];
      const text = `${blank}{${(last ? [...rest, list] : [list, ...rest]).join(`${blank},${blank}`)}}${blank}`;
      const { texts, problem } = textsIn(text);
      expect(problem).toBeUndefined();
      expect(texts).toEqual(events.map((event) => event.trim()));
      seen[events.length === 0 ? 'empty' : 'many']++;
    },
  );
  fc.assert(property, { seed, numRuns: 2_000 });
  expect(Math.min(seen.empty, seen.many)).toBeGreaterThan(100);
});

test('a list that is cut anywhere gives the events that end before the cut, and a problem', () => {
  const events = ['{"a":"]}"}', '[1,"\\""]', 'null', '"x"'];
  const whole = eventList(...events);
  let found = 0;
  for (let cut = 0; cut < whole.trimEnd().length; cut++) {
    const { texts, problem } = textsIn(whole.slice(0, cut));
    expect(problem, String(cut)).toBeDefined();
    // A word that is cut may be a shorter word; of all else only what is whole is found.
    const isPrefix = texts.every((text, index) => text === events[index] || 'null'.startsWith(text));
    expect(isPrefix, `${cut}: ${texts.join(' ')}`).toBe(true);
    found += texts.length;
  }
  expect(found).toBeGreaterThan(events.length);
});

test('bytes at random neither throw nor give spans beyond the body', () => {
  const seen = { good: 0, bad: 0 };
  const characters = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '\\',
    'items',
    '"items":[',
    ' ',
    '1',
    'é',
  );
  const property = fc.property(fc.array(characters, { maxLength: 40 }), fc.boolean(), (parts, framed) => {
    const body = Buffer.from(framed ? `{"items":[${parts.join('')}` : parts.join(''));
    const { spans, problem } = eventsIn(body);
    for (let index = 0; index < spans.length; index += 2) {
      const [from = -1, to = -1] = spans.slice(index, index + 2);
      expect(from >= (spans[index - 1] ?? 0) && to > from && to <= body.length).toBe(true);
    }
    seen[spans.length > 0 ? 'good' : 'bad']++;
    expect(problem).toBeDefined();
  });
  fc.assert(property, { seed, numRuns: 3_000 });
  expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(100);
});

test('nesting without end needs no stack', () => {
  const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
  expect(textsIn(eventList(deep, '{}')).texts[1]).toBe('{}');
});

test('more events than its size allows are a problem, and take no room', () => {
  const most = (text: string): number => 1_024 + Math.ceil(text.length / 64);
  const few = `{"items":[${'0,'.repeat(1_000)}0]}`;
  expect(textsIn(few).texts).toHaveLength(1_001);
  const many = `{"items":[${'0,'.repeat(100_000)}0]}`;
  const { texts, problem } = textsIn(many);
  expect(texts).toHaveLength(most(many));
  expect(problem).toContain('there should be');
});
