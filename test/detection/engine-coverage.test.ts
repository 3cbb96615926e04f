import { describe, expect, test } from 'vitest';
import { allOf } from '../../src/detection/plan/combine.ts';
import { at, EngineRun, eventAt, is, planOf, resource } from './engine-fixture.ts';

describe('a detection that the audit policy starves', () => {
  const needs = { resource: 'events', level: 'Request' } as const;
  const plan = planOf([], { where: { kind: 'or', items: [] }, about: { ...planOf([]).about, needs } });
  const event = (resource: string, level: string, verb = 'create'): string =>
    eventAt('12:00', 'a', { level, verb, objectRef: { resource } });

  for (const [name, lines, blind] of [
    ['that sees what it needs', [event('events', 'Metadata'), event('events', 'RequestResponse')], false],
    [
      'whose events come at too low a level',
      [event('events', 'Metadata'), event('pods', 'Request', 'get')],
      true,
    ],
    ['that gets none while others are written', [event('pods', 'Request')], true],
    ['on a log in which nothing is written', [event('pods', 'Request', 'list')], false],
    ['on a log in which only leases are written', [event('leases', 'Request', 'update')], false],
    ['that got no line at all', [], false],
  ] as const) {
    test(`${blind ? 'says so' : 'says nothing'} at the end: one ${name}`, async () => {
      const run = new EngineRun([plan]);
      await run.feed(lines);
      expect(run.noticeKinds).toEqual([]);
      await run.finish();
      expect(run.noticeKinds).toEqual(blind ? ['detection_blind'] : []);
    });
  }

  test('says so after enough lines, once, also across a restart, with what has to be logged', async () => {
    const run = new EngineRun([plan], { limits: { blindAfter: 3 } });
    await run.feed([event('events', 'Metadata'), event('events', 'Metadata')]);
    await run.tick();
    run.restart();
    expect(run.noticeKinds).toEqual([]);
    await run.feed([event('pods', 'Request')]);
    // Not before a tick says that all there is has been read.
    expect(run.noticeKinds).toEqual([]);
    await run.tick();
    run.restart();
    await run.feed([event('pods', 'Request')]);
    await run.tick();
    await run.finish();
    expect(run.output.notices).toHaveLength(1);
    expect(run.output.notices[0]).toMatchObject({ kind: 'detection_blind', time: at('12:00') });
    expect(run.output.notices[0]?.message).toBe(
      'A plan sees nothing: it needs events of resource "events" at level Request or above, and of 3 lines ' +
        'all that came were below that level; the audit policy has to log them, with a rule before all others: ' +
        '- {level: Request, resources: [{group: "", resources: ["events"]}]}',
    );
  });

  test('says so after a thousand lines, unless told otherwise', async () => {
    const run = new EngineRun([plan]);
    await run.feed(Array.from({ length: 999 }, () => event('pods', 'Request')));
    await run.tick();
    expect(run.noticeKinds).toEqual([]);
    await run.feed([event('pods', 'Request')]);
    await run.tick();
    expect(run.noticeKinds).toEqual(['detection_blind']);
  });

  test('is silent if the end of a backlog brings what its beginning lacks', async () => {
    const run = new EngineRun([plan], { limits: { blindAfter: 3 } });
    await run.feed([
      ...Array.from({ length: 5 }, () => event('pods', 'Request')),
      event('events', 'Request'),
    ]);
    await run.tick();
    await run.finish();
    expect(run.noticeKinds).toEqual([]);
  });

  test('says so after an hour of wall time, however few lines came, by the resource that they came from', async () => {
    const run = new EngineRun([plan]);
    run.now = at('10:00');
    await run.tick();
    await run.tick(at('12:00'));
    await run.feed([event('pods', 'Request')]);
    await run.tick(at('12:00:01'));
    run.restart();
    await run.tick(at('13:00:00.9'));
    expect(run.noticeKinds).toEqual([]);
    await run.tick(at('13:00:01'));
    expect(run.noticeKinds).toEqual(['detection_blind']);
    expect(run.output.noticeResources).toEqual([resource]);
  });

  test('is judged anew every hour', async () => {
    const run = new EngineRun([plan]);
    run.now = at('12:00');
    await run.feed([event('pods', 'Request', 'get')]);
    for (const clock of ['12:00', '13:00', '13:30']) await run.tick(at(clock));
    await run.feed([event('pods', 'Request')]);
    await run.tick(at('13:59'));
    expect(run.noticeKinds).toEqual([]);
    await run.tick(at('14:00'));
    expect(run.noticeKinds).toEqual(['detection_blind']);
  });
});

describe('a detection that does not say what it needs', () => {
  const body = is('requestObject.message', 'x');
  const blind = async (where: typeof body, ...lines: readonly string[]): Promise<readonly string[]> => {
    const run = new EngineRun([planOf([], { where })]);
    await run.feed(lines);
    await run.finish();
    return run.output.notices.map(({ message }) => message);
  };
  const event = (name: string, level: string, verb: string): string =>
    eventAt('12:00', 'a', { level, verb, objectRef: { resource: name } });

  test('is starved if no event of any resource comes with the body that it tests', async () => {
    expect(await blind(body, event('pods', 'Metadata', 'create'), event('pods', 'Metadata', 'get'))).toEqual([
      'A plan sees nothing: it needs events at level Request or above, and of 2 lines none came at that level; ' +
        'the audit policy has to log them, with a rule before all others: - {level: Request}',
    ]);
    expect(await blind(body, event('pods', 'Metadata', 'get'))).toEqual([]);
    expect(
      await blind(body, event('pods', 'Metadata', 'create'), event('jobs', 'Request', 'create')),
    ).toEqual([]);
  });

  test('is starved if its resource never comes with it', async () => {
    const where = allOf([is('objectRef.resource', 'events'), body]);
    expect(await blind(where, event('pods', 'Request', 'create'))).toHaveLength(1);
    expect(await blind(where, event('events', 'Request', 'create'))).toEqual([]);
  });

  test('and needs no body can see whatever comes', async () => {
    expect(await blind(is('verb', 'create'), event('pods', 'Metadata', 'create'))).toEqual([]);
  });
});
