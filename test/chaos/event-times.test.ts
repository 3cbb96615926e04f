import { readFileSync, writeFileSync } from 'node:fs';
import { AuditEvents, type Line } from '../e2e/audit-events.ts';
import { recordsOfLines } from '../e2e/otlp-json.ts';
import { keyOf } from '../e2e/verdict.ts';
import { Workspace } from '../e2e/workspace.ts';
import { faultTest } from './fault-test.ts';
import { noticeKind } from './fault-verdict.ts';
import { seed } from './knobs.ts';

const stamps = /("(?:requestReceived|stage)Timestamp":")[^"]*"/g;
const withTime = (text: string, time: string): string => text.replace(stamps, `$1${time}"`);

const strays: readonly (readonly [what: string, change: (text: string) => string])[] = [
  ['in the year 2099', (text) => withTime(text, '2099-01-01T00:00:00.000000Z')],
  ['in 1970', (text) => withTime(text, '1970-01-01T00:00:00.000000Z')],
  ['without a time', (text) => text.replace(/"(?:requestReceived|stage)Timestamp":"[^"]*",?/g, '')],
  ['with a time that is none', (text) => withTime(text, 'yesterday')],
  ['with a time out of range', (text) => withTime(text, '2026-13-45T99:99:99Z')],
];

// One event of a strange time must not close, move or add to the windows of others (W13, T3).
for (const [what, change] of strays) {
  faultTest(`T3: an event ${what}`, {}, async (verdict) => {
    const events = new AuditEvents(seed, Date.now());
    const lines = Array.from({ length: 3_000 }, () => events.next());
    const stray = change(events.suspiciousPull().text.replaceAll('miner-', 'stray-'));
    const usual = await found(lines.map(({ text }) => text));
    const disturbed = await found([...lines.slice(0, 1_000), stray, ...lines.slice(1_000)].map(textOf));
    verdict.fired++;
    for (const key of usual.keys) if (!disturbed.keys.has(key)) verdict.lost.push(key);
    for (const key of disturbed.keys) {
      if (!usual.keys.has(key) && !key.startsWith('pull stray-')) verdict.unexpected.push(key);
    }
    if (![...disturbed.keys].some((key) => key.startsWith('pull stray-')))
      verdict.lost.push(`the event ${what}`);
    verdict.account(disturbed.report, lines.length + 1);
  });
}

const textOf = (line: Line | string): string => (typeof line === 'string' ? line : line.text);

async function found(lines: readonly string[]) {
  const workspace = new Workspace();
  writeFileSync(`${workspace.logs}/audit.log`, lines.map((line) => `${line}\n`).join(''));
  const file = workspace.path('out.json');
  const { report } = await workspace.replay(workspace.configure('', { file }));
  const records = recordsOfLines(readFileSync(file, 'utf8')).filter((record) => noticeKind(record) === '');
  return { report, keys: new Set(records.map(keyOf)) };
}
