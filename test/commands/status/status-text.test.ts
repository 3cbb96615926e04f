import { expect, test } from 'vitest';
import { statusText } from '../../../src/commands/status/status-text.ts';
import type { Status } from '../../../src/service/status.ts';

const status: Status = {
  state: 'running',
  at: '2026-04-12T12:00:00Z',
  version: '1.2.3',
  process: {
    pid: 77,
    health: {
      status: 'unhealthy',
      since: '2026-04-12T11:00:00Z',
      reasons: [{ component: 'otlp_http', problem: 'parked: 401', since: '2026-04-12T11:00:00Z' }],
    },
  },
  receivers: { file_log: { lines: 1_234 } },
  processors: {},
  exporters: { otlp_http: { queued: 3, dead: 1 } },
  files: { file_log: [{ path: '/logs/audit.log', state: 'plain', offset: 52_702, lag: 17, lagSeconds: 2 }] },
  oldest: { otlp_http: { observed: '2026-04-12T11:58:30Z', ageSeconds: 90 } },
  equations: [
    { what: 'logs: lines read', total: 1_234, parts: { evaluated: 1_230, malformed: 4 }, holds: true },
  ],
  holds: true,
};

test('it says where reading is, what waits, and whether everything is accounted for', () => {
  expect(statusText(status)).toEqual([
    'riskpipe 1.2.3, running, process 77, unhealthy, at 2026-04-12T12:00:00Z',
    '  otlp_http: parked: 401 (since 2026-04-12T11:00:00Z)',
    '',
    'read:',
    '  file_log  /logs/audit.log  at byte 52,702, 17 bytes behind',
    '',
    'to deliver:',
    '  otlp_http  3 waiting, the oldest for 1m30s, 1 dead; "riskpipe dead list" shows them',
    '',
    'accounts:',
    '  ok     logs: lines read 1,234 = 1,230 evaluated + 4 malformed',
    '',
    'all accounts hold: nothing is lost',
  ]);
});

test('an account that does not hold stands out', () => {
  const wrong = { what: 'otlp_http: records', total: 4, parts: { delivered: 3 }, holds: false };
  const lines = statusText({ ...status, equations: [wrong], holds: false });
  expect(lines).toContain('  WRONG  otlp_http: records 4 = 3 delivered');
  expect(lines.at(-1)).toBe('an account does not hold: please report this, with this text');
});

test('of a stopped instance there is no process and no health', () => {
  const { process: _, ...stopped } = status;
  expect(statusText({ ...stopped, state: 'stopped' })[0]).toBe(
    'riskpipe 1.2.3, stopped, at 2026-04-12T12:00:00Z',
  );
});

test('a file that is not there under its name says so, and names move no terminal', () => {
  const files = {
    file_log: [
      { path: '/logs/\u001b[2J\u202e.log', state: 'missing', offset: 1, lag: null, lagSeconds: null },
    ],
  } as const;
  expect(statusText({ ...status, files })).toContain(
    '  file_log  /logs/\\u{1b}[2J\\u{202e}.log  at byte 1, not there under this name',
  );
});

test('of an archive it says how far the log in it was read, and whether that is all', () => {
  const archive = {
    path: '/logs/audit-1.log.gz',
    state: 'archive',
    offset: 52_702,
    lagSeconds: null,
  } as const;
  const files = {
    file_log: [
      { ...archive, lag: null },
      { ...archive, lag: 0 },
    ],
  };
  const place = '  file_log  /logs/audit-1.log.gz  at byte 52,702 of the log in it, ';
  expect(statusText({ ...status, files }).slice(4, 6)).toEqual([
    `${place}not yet read to its end`,
    `${place}read to its end`,
  ]);
});
