import fc from 'fast-check';
import { formatTime, fromMillis } from '../../../src/record/time.ts';

const noon = Date.UTC(2026, 3, 12, 12);

/** Most fall into one window, some into the next ones, some on its edges (spec/spl.md §7 trap 26). */
const time = fc
  .oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 * 60 }).map((seconds) => seconds * 1_000) },
    { weight: 2, arbitrary: fc.integer({ min: 40, max: 180 }).map((minutes) => minutes * 60_000) },
    { weight: 1, arbitrary: fc.constantFrom(50, 110).map((minutes) => minutes * 60_000) },
    { weight: 1, arbitrary: fc.constantFrom(50, 110).map((minutes) => minutes * 60_000 - 1) },
  )
  .map((ms) => formatTime(fromMillis(noon + ms)));

/** JSON texts of a member; undefined: the event lacks it. */
const member = (name: string, ...values: readonly string[]): fc.Arbitrary<string | undefined> =>
  fc.option(
    fc.constantFrom(...values).map((value) => `${JSON.stringify(name)}:${value}`),
    { nil: undefined, freq: 4 },
  );

const list = (name: string, ...values: readonly string[]): fc.Arbitrary<string | undefined> =>
  fc.option(
    fc
      .array(fc.constantFrom(...values), { maxLength: 3 })
      .map((items) => `${JSON.stringify(name)}:[${items.join(',')}]`),
    { nil: undefined, freq: 5 },
  );

const object = (
  name: string,
  ...members: readonly fc.Arbitrary<string | undefined>[]
): fc.Arbitrary<string | undefined> =>
  fc.tuple(...members).map((found) => {
    const given = found.filter((text) => text !== undefined);
    return given.length === 0 ? undefined : `${JSON.stringify(name)}:{${given.join(',')}}`;
  });

/** An audit event, more or less: numbers of several spellings, nulls, empty texts, lists, dotted keys. */
const auditEvent: fc.Arbitrary<string> = fc
  .tuple(
    time.map((text) => `"stageTimestamp":"${text}"`),
    member('verb', '"get"', '"list"', '"create"', '"Create"', 'null'),
    object(
      'objectRef',
      member('resource', '"pods"', '"secrets"', '"configmaps"'),
      member('name', '"web"', '"splunk-x"', '"a b"', '""'),
    ),
    object(
      'responseStatus',
      member('code', '403', '403.0', '4.03e2', '200', 'null'),
      member('reason', '"Forbidden"'),
    ),
    list('sourceIPs', '"10.0.0.1"', '"34.1.1.1"', '"1.1.1.1"', '"::1"'),
    object(
      'user',
      member('username', '"a"', '"b"', '"admin"'),
      list('groups', '"g1"', '"g2"', '"admin"', '"10"', '"9"'),
    ),
    member('n', '1', '2', '3', '10', '9', '2.5', '-1'),
    member('t', '"k=1;m=2"', '"a,b,,c"', '"GET /etc/passwd HTTP/1.1"', '"pods are secrets"'),
    member('j', String.raw`"{\"k\":\"v\",\"m\":[1,2]}"`, String.raw`"{\"o\":{\"p\":1.50}}"`, '"no json"'),
    object('annotations', member('authorization.k8s.io/decision', '"forbid"', '"allow"')),
    list('containers', '{"image":"a:1"}', '{"image":"b","on":true}', '{}'),
    member('on', 'true', 'false'),
  )
  .map((members) => `{${members.filter((text) => text !== undefined).join(',')}}`);

const pair = fc
  .tuple(
    fc.constantFrom('verb', 'user.username', 'n', 'x', 'objectRef.name'),
    fc.constantFrom('get', 'a', 'admin', '10', '2.5', '"a b"', ''),
    fc.constantFrom(' ', ', ', '; ', '&', ' ('),
  )
  .map(([key, value, separator]) => `${separator}${key}=${value}`);

/** A line of text with a time and pairs, some of them twice, some empty. */
const textLine = fc
  .tuple(time, fc.constantFrom('', ' pods are secrets', ' k=1;m=2'), fc.array(pair, { maxLength: 4 }))
  .map(([stamp, words, pairs]) => `${stamp} Notice${words}${pairs.join('')})`);

/** A line of a log: mostly JSON, now and then plain text, or what only begins like JSON and is no event. */
export const eventLine: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: auditEvent },
  { weight: 3, arbitrary: textLine },
  { weight: 1, arbitrary: fc.constantFrom('{"verb":"get"', '{"verb":get}', ' {') },
);
