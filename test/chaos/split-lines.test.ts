import { appendFileSync } from 'node:fs';
import { AuditEvents } from '../e2e/audit-events.ts';
import { replay, tailScene } from '../receivers/file-log/tail-scene.ts';
import { faultTest } from './fault-test.ts';
import { seed, size } from './knobs.ts';

const samples = size('SAMPLES', 200);
/** Files of one line: each has its share of the positions. */
const shares = 4;

/** A file that holds one line over and over. */
interface Split {
  readonly line: Buffer;
  readonly path: string;
  /** Where its newest copy ends so far, and where its share of the positions does. */
  cut: number;
  readonly last: number;
}

// At each look every file ends a byte further into a copy of its line than at the look before: so each look ends one
// line and finds the next one cut, at every position there is (spec/reliability.md F7).
faultTest(`F7: ${samples} lines, split at every byte`, { timeoutMs: 600_000 }, async (verdict) => {
  const scene = tailScene();
  const splits = splitsIn(scene.path('audit'));
  for (let look = 0; splits.some(({ cut, last }) => cut < last); look++) {
    const missing = new Map<string, number>();
    for (const split of splits) {
      if (split.cut === split.last) continue;
      const { line, path, cut } = split;
      const isFirst = look === 0;
      const text = line.toString().trimEnd();
      split.cut++;
      appendFileSync(
        path,
        Buffer.concat([isFirst ? Buffer.alloc(0) : line.subarray(cut), line.subarray(0, split.cut)]),
      );
      const ended = Number(!isFirst) + Number(split.cut === line.length);
      missing.set(text, (missing.get(text) ?? 0) + ended);
      verdict.fired++;
    }
    await replay(scene, { max_log_size: '64KiB' });
    for (const { text } of scene.lines.splice(0)) missing.set(text, (missing.get(text) ?? 0) - 1);
    for (const [text, count] of missing) {
      if (count > 0) verdict.lost.push(`look ${look}: ${text.slice(0, 80)}`);
      if (count < 0) verdict.unexpected.push(`look ${look}: ${text.slice(0, 80)}`);
    }
  }
});

/** The files of all samples; each begins its share at the first look. */
function splitsIn(prefix: string): readonly Split[] {
  const events = new AuditEvents(seed, Date.UTC(2026, 3, 12));
  return Array.from({ length: samples }, (_, sample) => {
    const line = Buffer.from(`${events.next().text}\n`);
    const share = Math.ceil(line.length / shares);
    return Array.from({ length: shares }, (_, index) => ({
      line,
      path: `${prefix}.${sample}x${index}x.log`,
      cut: index * share,
      last: Math.min(line.length, (index + 1) * share),
    }));
  }).flat();
}
