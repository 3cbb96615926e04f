import { expect, test } from 'vitest';
import { fromMillis } from '../../src/record/time.ts';
import { HealthBoard } from '../../src/service/health-board.ts';
import { RecordingLogger } from '../recording-logger.ts';

function scene() {
  const log = new RecordingLogger();
  const clock = { ms: 1_775_995_200_000 };
  return { log, clock, board: new HealthBoard(log, () => fromMillis(clock.ms)) };
}

test('it is healthy as long as nobody reports a problem', () => {
  const { board } = scene();
  expect(board.report()).toEqual({ status: 'healthy', since: '2026-04-12T12:00:00Z', reasons: [] });
});

test('each problem counts from when it was first reported, and the status from its last change', () => {
  const { board, clock } = scene();
  clock.ms += 1_000;
  board.set('otlp_http', 'parked: 401');
  clock.ms += 1_000;
  board.set('file_log', 'reading stands still');
  board.set('otlp_http', 'parked: 403');
  expect(board.report()).toEqual({
    status: 'unhealthy',
    since: '2026-04-12T12:00:01Z',
    reasons: [
      { component: 'file_log', problem: 'reading stands still', since: '2026-04-12T12:00:02Z' },
      { component: 'otlp_http', problem: 'parked: 403', since: '2026-04-12T12:00:01Z' },
    ],
  });
  board.set('otlp_http', undefined);
  expect(board.report()).toMatchObject({ status: 'unhealthy', since: '2026-04-12T12:00:01Z' });
  clock.ms += 1_000;
  board.set('file_log', undefined);
  expect(board.report()).toEqual({ status: 'healthy', since: '2026-04-12T12:00:03Z', reasons: [] });
});

test('a problem is logged when it comes and when it goes, a phase of the service never', () => {
  const { board, log } = scene();
  board.enter('it is starting');
  board.set('x', 'is down');
  board.set('x', 'is still down');
  board.set('x', undefined);
  board.set('x', undefined);
  board.enter(undefined);
  expect(log.lines).toEqual(['warn: unhealthy: x: is down', 'info: healthy again: x']);
  expect(board.report().status).toBe('healthy');
});

test('a phase of the service is a reason', () => {
  const { board } = scene();
  board.enter('it is starting');
  expect(board.report()).toMatchObject({
    status: 'unhealthy',
    reasons: [{ component: 'service', problem: 'it is starting' }],
  });
});

test('what a backend says moves no terminal', () => {
  const { board, log } = scene();
  board.set('x', 'said \u001b[2J\u202e');
  expect(board.report().reasons[0]?.problem).toBe('said \\u{1b}[2J\\u{202e}');
  expect(log.lines).toEqual(['warn: unhealthy: x: said \\u{1b}[2J\\u{202e}']);
});
