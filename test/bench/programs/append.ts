import { closeSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from '../corpus/cluster.ts';
import { nextLine } from '../corpus/mix.ts';

/**
 * `append FILE COUNT AT_ONCE EVERY_MS`: appends lines of a synthetic log, `AT_ONCE` of them every so often, in a rhythm
 * that does not slip. Each carries, in the annotation "riskpipe/sent", the moment just before it was written. Tells
 * its parent when it begins, and when all are written.
 */
const [file = '', ...numbers] = process.argv.slice(2);
const [count = 0, atOnce = 1, everyMs = 1] = numbers.map(Number);

const variety = 2_000;
// Those of the event itself are the last ones; objects within it have some, too.
const mark = '"annotations":{';

const cluster = new Cluster(7);
const lines = Array.from({ length: Math.min(count, variety) }, () => nextLine(cluster));

const fd = openSync(file, 'a');
process.send?.({ writing: true });
const start = performance.now();
for (let written = 0; written < count; written += atOnce) {
  await until(start + (written / atOnce) * everyMs);
  append(written, Math.min(atOnce, count - written));
}
closeSync(fd);
process.send?.({ appended: count });
process.disconnect();

function append(first: number, amount: number): void {
  const stamp = process.hrtime.bigint();
  let text = '';
  for (let index = first; index < first + amount; index++) {
    const line = lines[index % lines.length] ?? '';
    const at = line.lastIndexOf(mark) + mark.length;
    // One nanosecond apart, so that each line is one of a kind.
    const sent = `"riskpipe/sent":"sent-${stamp + BigInt(index - first)}",`;
    text += `${line.slice(0, at)}${sent}${line.slice(at)}\n`;
  }
  writeSync(fd, text);
}

async function until(moment: number): Promise<void> {
  const wait = moment - performance.now();
  if (wait > 0) await sleep(wait);
}
