import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditEvents } from '../e2e/audit-events.ts';
import { recordsOfLines } from '../e2e/otlp-json.ts';
import { keyOf } from '../e2e/verdict.ts';
import { Workspace } from '../e2e/workspace.ts';
import { manners } from './manners.ts';
import { faultTest } from './fault-test.ts';
import { noticeKind } from './fault-verdict.ts';
import { seed } from './knobs.ts';

const rounds = 8;
const ends = { lf: '\n', crlf: '\r\n' } as const;

// Every manner with both line ends, each time with other lines: 208 files, in one replay.
faultTest('F9: a corpus of encodings', {}, async (verdict) => {
  const workspace = new Workspace();
  const events = new AuditEvents(seed, Date.now());
  const expected = new Map<string, string>();
  let lines = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [index, { what, write, found, counted }] of manners.entries()) {
      for (const [name, end] of Object.entries(ends)) {
        const pulls = Array.from({ length: 3 }, () => events.suspiciousPull());
        const path = join(workspace.logs, `audit${name}x${index}y${round}z.log`);
        writeFileSync(
          path,
          write(
            pulls.map(({ text }) => text),
            end,
          ),
        );
        for (const line of found) expected.set(pulls[line]?.expected?.key ?? '', `${what}, ${name}`);
        lines += counted;
        verdict.fired++;
      }
    }
  }
  const file = workspace.path('out.json');
  const { report, log } = await workspace.replay(workspace.configure('', { file }));
  const records = recordsOfLines(readFileSync(file, 'utf8'));
  const came = records.filter((record) => noticeKind(record) === '').map(keyOf);
  const keys = new Set(came);
  if (keys.size !== came.length) verdict.wrong.push(`${came.length - keys.size} findings came twice`);
  for (const [key, what] of expected) if (!keys.has(key)) verdict.lost.push(`${key} of ${what}`);
  for (const key of keys) if (!expected.has(key)) verdict.unexpected.push(key);
  if (!/UTF-16/.test(log)) verdict.wrong.push('no word of UTF-16');
  verdict.account(report, lines);
});
