import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Encoding } from '../../src/envelope/encoding.ts';
import { Unpacked } from '../../src/envelope/unpacked.ts';
import { auditEvent, azureRecords, firehose, packedText, pubsubPush, subscription } from './packers.ts';

const limits = { piece: 1_000_000, all: 2_000_000 };

interface Found {
  readonly events: readonly string[];
  readonly problem: string | undefined;
}

function foundIn(body: string | Buffer, encoding: Encoding = 'auto', within = limits): Found {
  const unpacked = new Unpacked(Buffer.from(body), encoding, within);
  const events = [...unpacked.events()].map(String);
  return { events, problem: unpacked.problem };
}

const a = auditEvent('a', { userAgent: 'é "quoted" \\ \u2028' });
const b = auditEvent('b', { requestObject: { image: 'nginx', n: 1.0 } });
const both = subscription([a, b]);

describe('gives the events that are in', () => {
  test.each([
    ['an event', a, [a]],
    ['events behind each other', `${a}${b}`, [a, b]],
    ['a line each, with blank ones', `\n${a}\r\n\n${b}\n`, [a, b]],
    ['a list', `[${a}, ${b}]`, [a, b]],
    [
      'an EventList, whose items have no kind',
      '{"kind":"EventList","items":[{"n":1},{"n":2}]}',
      ['{"n":1}', '{"n":2}'],
    ],
    ['a text with a byte order mark', `\uFEFF${a}`, [a]],
    ['a subscription of CloudWatch', both, [a, b]],
    ['subscriptions that Firehose put together without a line end', `${both}${subscription([a])}`, [a, b, a]],
    ['a subscription that is packed, in base64', packedText(both), [a, b]],
    ['a subscription that is packed', gzipSync(both), [a, b]],
    ['what a Lambda function is given', JSON.stringify({ awslogs: { data: packedText(both) } }), [a, b]],
    ['a delivery of Firehose', firehose([gzipSync(both), gzipSync(subscription([a]))]), [a, b, a]],
    ['a delivery of Firehose whose records are events', firehose([`${a}\n`, b]), [a, b]],
    [
      'a delivery of Firehose with several members of gzip',
      firehose([Buffer.concat([gzipSync(a), gzipSync(b)])]),
      [a, b],
    ],
    ['records of Azure', azureRecords([a, `${b}\n`], 'kube-audit-admin'), [a, b]],
    ['records of Azure whose log is an object', azureRecords([{ auditID: 'a' }]), ['{"auditID":"a"}']],
    ['records of Azure in a list', `[${azureRecords([a])},${azureRecords([b])}]`, [a, b]],
    ['one record of Azure', JSON.stringify({ category: 'kube-audit', properties: { log: a } }), [a]],
    ['a message of Pub/Sub', pubsubPush(a), [a]],
    ['a message of Pub/Sub that is packed', pubsubPush(gzipSync(`${a}\n${b}`)), [a, b]],
  ])('%s', (_, body, events) => {
    expect(foundIn(body)).toEqual({ events, problem: undefined });
  });

  test('an event that is made to look like an envelope: it is one event', () => {
    const event = auditEvent('a', {
      messageType: 'CONTROL_MESSAGE',
      logEvents: [],
      records: [],
      message: {},
      items: [],
    });
    expect(foundIn(event)).toEqual({ events: [event], problem: undefined });
  });
});

describe('passes over what is of another log:', () => {
  test.each([
    [
      'a control message',
      subscription(['CWL CONTROL MESSAGE: Checking health'], { messageType: 'CONTROL_MESSAGE' }),
    ],
    ['text of another stream', subscription(['I0412 leader elected'], { logStream: 'kube-scheduler-0123' })],
    ['another category', azureRecords(['I0412 text of klog'], 'kube-scheduler')],
    [
      'an entry of another service',
      JSON.stringify({ logName: 'x', insertId: '1', protoPayload: { serviceName: 'iam' } }),
    ],
    ['an entry of text', JSON.stringify({ logName: 'x', insertId: '1', textPayload: 'hello' })],
  ])('%s', (_, body) => {
    expect(foundIn(body)).toEqual({ events: [], problem: undefined });
  });
});

describe('says what is wrong, and gives what is not wrong:', () => {
  const cut = gzipSync(both).subarray(0, 60);
  test.each<readonly [string, string | Buffer, readonly string[], string]>([
    ['nothing', ' \n', [], 'there is nothing in it'],
    ['text', `${a}\nno event\n${b}`, [a, b], 'there is something that is no JSON object'],
    [
      'an object that is cut, among lines',
      `${a}\n{"auditID":"x"\n${b}\n`,
      [a, b],
      'there is an object that is not valid JSON',
    ],
    [
      'an unknown object',
      `{"resourceLogs":[]}${a}`,
      [a],
      'there is an object that is neither an audit event nor a known document',
    ],
    [
      'a list of events that is cut',
      '{"kind":"EventList","items":[{"n":1},{"n":',
      ['{"n":1}'],
      'there is an object that is not valid JSON',
    ],
    [
      'an item that is no object',
      `{"kind":"EventList","items":[1,${a}]}`,
      [a],
      'an item of its list is no object',
    ],
    ['a log event without a message', subscription([a, 7]), [a], 'a log event has no text as its "message"'],
    [
      'records without data',
      '{"requestId":"1","records":[{"data":1},2]}',
      [],
      'a record has no text as its "data" (and 1 more like it)',
    ],
    ['data that is no base64', '{"requestId":"1","records":[{"data":"!!"}]}', [], 'there is nothing in it'],
    ['packed data that is cut', firehose([a, cut]), [a], 'its gzip is damaged or cut'],
    ['a body that is cut', cut, [], 'its gzip is damaged or cut'],
    [
      'a record without a log',
      azureRecords([a, 1]),
      [a],
      'a record of the audit log has no "properties.log"',
    ],
    [
      'a record without a category',
      '{"records":[{"properties":{}},{}]}',
      [],
      'a record has no "category" (and 1 more like it)',
    ],
    ['records that are none', '{"records":[1]}', [], 'a record is no object'],
    ['a message without data', '{"message":{"messageId":"1"}}', [], 'the message has no text as its "data"'],
    ['a Lambda event without data', '{"awslogs":{}}', [], 'there is no text as "awslogs.data"'],
  ])('%s', (_, body, events, problem) => {
    expect(foundIn(body)).toEqual({ events, problem });
  });

  test('a message of the audit stream that is no event is handed on, to be judged as a line', () => {
    expect(foundIn(subscription(['{"auditID":"cut', 'text', ' ']))).toEqual({
      events: ['{"auditID":"cut', 'text'],
      problem: undefined,
    });
  });

  test('no text of a sender is in what it says', () => {
    for (const body of ['\u001b[31mred', '{"\u001b":1}', '{"kind":"EventList","items":["\u001b"]}']) {
      expect(foundIn(body).problem).toMatch(/^[ -~]+$/);
    }
  });
});

describe('bounds', () => {
  test('what a piece unpacks to, and gives what stands beside it', () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 'x'));
    expect(foundIn(firehose([a, bomb, b]))).toEqual({
      events: [a, b],
      problem: 'it unpacks to more than is allowed',
    });
    expect(foundIn(bomb).problem).toBe('it unpacks to more than is allowed');
  });

  test('what all pieces unpack to together', () => {
    const piece = gzipSync(Buffer.alloc(900_000, ' '));
    const { problem } = foundIn(firehose([piece, piece, piece, piece]));
    expect(problem).toBe('there is nothing in it (and 3 more like it)');
    expect(foundIn(firehose([piece, piece, piece, gzipSync(a)])).events).toEqual([]);
  });

  test('how often something is packed', () => {
    let body = a;
    for (let depth = 0; depth < 4; depth++) body = pubsubPush(body);
    expect(foundIn(body).events).toEqual([a]);
    expect(foundIn(pubsubPush(body))).toEqual({ events: [], problem: 'it is packed too often' });
  });

  test('how much there is in so many bytes', () => {
    const { events, problem } = foundIn('{}'.repeat(100_000), 'json_log_encoding');
    expect(problem).toBe('it holds more than so many bytes can');
    expect(events).toHaveLength(1_024 + 200_000 / 64);
  });

  test('no depth of nesting, and no stack is needed for it', () => {
    const deep = `{"auditID":"a","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(foundIn(subscription([deep])).events).toEqual([deep]);
    expect(foundIn('['.repeat(200_000)).problem).toBe('there is nothing in it');
    expect(foundIn('{"a":'.repeat(200_000)).problem).toBe('there is an object that is not valid JSON');
  });
});

describe('with an encoding', () => {
  const documents = {
    aws_logs_encoding: subscription([a]),
    azure_encoding: azureRecords([a]),
    google_cloud_logentry_encoding: pubsubPush(a),
    json_log_encoding: a,
  } satisfies Partial<Record<Encoding, string>>;

  for (const encoding of Object.keys(documents) as (keyof typeof documents)[]) {
    test(`${encoding}: only documents of its own are read`, () => {
      for (const [own, document] of Object.entries(documents)) {
        const { events, problem } = foundIn(document, encoding);
        if (own === encoding) expect({ events, problem }).toEqual({ events: [a], problem: undefined });
        else if (encoding === 'json_log_encoding') expect(events).toEqual([document]);
        else expect([events, typeof problem]).toEqual([[], 'string']);
      }
    });
  }

  test('json_log_encoding: any object is an event', () => {
    expect(foundIn('{"n":1}\n[{"n":2}]', 'json_log_encoding').events).toEqual(['{"n":1}', '{"n":2}']);
  });
});

describe('is told from others by what it holds', () => {
  const digest = (body: string): string => new Unpacked(Buffer.from(body), 'auto', limits).digest;

  test('not by what is written around it', () => {
    expect(digest(pubsubPush(a, 2))).toBe(digest(pubsubPush(a, 1)));
    expect(digest(firehose([a, b], 2))).toBe(digest(firehose([a, b], 1)));
  });

  test.each([
    [pubsubPush(a), pubsubPush(b)],
    [firehose([a, b]), firehose([b, a])],
    [firehose([a]), firehose([a, a])],
    [a, b],
    ['no event', 'no event either'],
    [subscription([], { messageType: 'CONTROL_MESSAGE' }), '{"records":[]}'],
  ])('%# and another', (one, other) => {
    expect(digest(one)).not.toBe(digest(other));
  });
});

/** What wraps texts that are events, and what is to be found in it. */
const wrappers: readonly ((events: readonly string[]) => string | Buffer)[] = [
  (events) => subscription(events),
  (events) => gzipSync(subscription(events)),
  (events) => firehose(events.map((event) => gzipSync(subscription([event])))),
  (events) => firehose([events.join('')]),
  (events) => azureRecords(events),
  (events) => pubsubPush(events.join('\n')),
  (events) => `[${events.join(',')}]`,
  (events) => `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[${events.join(',')}]}`,
];

const anyEvent = fc
  .tuple(fc.uuid(), fc.json({ maxDepth: 3 }), fc.string({ unit: 'binary', maxLength: 30 }))
  .map(
    ([id, json, text]) => `{"auditID":"${id}","requestObject":${json},"userAgent":${JSON.stringify(text)}}`,
  );
const someEvents = fc.array(anyEvent, { minLength: 1, maxLength: 6 });

test('whatever wraps them, events come out as they went in, in order', () => {
  fc.assert(
    fc.property(someEvents, fc.constantFrom(...wrappers), (events, wrap) => {
      expect(foundIn(wrap(events))).toEqual({ events, problem: undefined });
    }),
    { seed: 41, numRuns: 200 },
  );
});

test('damage anywhere neither throws nor adds events, and is told unless what is left is whole', () => {
  const outcomes = { told: 0, whole: 0 };
  fc.assert(
    fc.property(
      someEvents,
      fc.constantFrom(...wrappers),
      fc.nat(),
      fc.nat(255),
      (events, wrap, place, byte) => {
        const body = Buffer.from(wrap(events));
        body[place % body.length] = byte;
        const { events: found, problem } = foundIn(body);
        expect(found.length).toBeLessThanOrEqual(events.length + 1);
        outcomes[problem === undefined ? 'whole' : 'told']++;
      },
    ),
    { seed: 42, numRuns: 800 },
  );
  expect(outcomes.told).toBeGreaterThan(200);
  expect(outcomes.whole).toBeGreaterThan(200);
});

const data = fileURLToPath(new URL('../../../shared/data/audit/', import.meta.url));

describe.skipIf(!existsSync(data))('recorded documents (../shared/data)', () => {
  test.each([
    ['derived/eks-cloudwatch-subscription.json', 4],
    ['derived/eks-cloudwatch-firehose-object.gz', 4],
    ['derived/aks-eventhub-records.json', 4],
    ['derived/webhook-eventlist.json', 4],
    ['aks-sysdig/samples/event.json', 22],
    ['aks-sysdig/samples/sample_EventHubs_event.json', 1],
    ['aks-sysdig/samples/sample_KubeAuditLog_event.json', 1],
  ])('%s holds %i events', (name, count) => {
    const { events, problem } = foundIn(readFileSync(`${data}${name}`));
    expect([events.length, problem]).toEqual([count, undefined]);
    for (const event of events) expect(JSON.parse(event)).toHaveProperty('auditID');
  });

  test('the object of Firehose holds what its subscription does', () => {
    const object = gunzipSync(readFileSync(`${data}derived/eks-cloudwatch-firehose-object.gz`));
    const document = readFileSync(`${data}derived/eks-cloudwatch-subscription.json`);
    expect(foundIn(object).events).toEqual(foundIn(document).events);
  });
});
