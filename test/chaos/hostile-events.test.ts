import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditEvents } from '../e2e/audit-events.ts';
import { recordsOfLines } from '../e2e/otlp-json.ts';
import { total } from '../e2e/report.ts';
import { keyOf } from '../e2e/verdict.ts';
import { Workspace } from '../e2e/workspace.ts';
import { faultTest } from './fault-test.ts';
import { noticeKind } from './fault-verdict.ts';
import { hostileMembers } from './hostile-shapes.ts';
import { seed } from './knobs.ts';

// Whatever stands in an event beside it: what is to be found in it is found, and nothing of it shows in another.
faultTest(`P6: ${hostileMembers.length} shapes of events`, { timeoutMs: 240_000 }, async (verdict) => {
  const workspace = new Workspace();
  const events = new AuditEvents(seed, Date.now());
  const expected = new Map<string, string>();
  const lines: string[] = [];
  for (const [what, insert] of hostileMembers) {
    const hostile = events.suspiciousPull();
    const plain = events.suspiciousPull();
    expected.set(hostile.expected?.key ?? '', what);
    expected.set(plain.expected?.key ?? '', `the line behind ${what}`);
    lines.push(insert(hostile.text), plain.text);
    verdict.fired++;
  }
  writeFileSync(join(workspace.logs, 'audit.log'), lines.map((line) => `${line}\n`).join(''));
  const file = workspace.path('out.json');
  const { report } = await workspace.replay(workspace.configure('', { file }));
  const records = recordsOfLines(readFileSync(file, 'utf8'));
  const keys = new Set(records.filter((record) => noticeKind(record) === '').map(keyOf));
  const missing = [...expected].filter(([key]) => !keys.has(key));
  // A limit that is hit is told of: then the event is one that could not be read.
  const unread = total(report, 'malformed') + total(report, 'oversize');
  const told = records.filter((record) => noticeKind(record) !== '').length;
  for (const [, what] of missing) {
    if (what.startsWith('the line behind') || unread === 0 || told === 0) verdict.lost.push(what);
  }
  if (missing.length > unread)
    verdict.lost.push(`${missing.length} are missing, and ${unread} lines were not read`);
  for (const key of keys) if (!expected.has(key)) verdict.unexpected.push(key);
  if (JSON.stringify(records).includes('polluted')) verdict.wrong.push('a prototype was polluted');
  verdict.account(report, lines.length);
});
