// Appends one more suspicious image pull, as of now, to the log of the quickstart that was started last, or to FILE:
//
//   node examples/append.mjs [FILE]

import { randomUUID } from 'node:crypto';
import { closeSync, constants, existsSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditLine, eventCreated } from './audit-events.mjs';

const file = process.argv[2] ?? newestLog() ?? join(tmpdir(), 'riskpipe-quickstart-*', 'audit.log');
const image = 'docker.io/quickcoin/xmrig:6.22.2';
const now = new Date().toISOString().replace('Z', '000Z');

const line = auditLine(
  eventCreated({
    at: now,
    auditId: randomUUID(),
    tookMicros: 2_720,
    node: 'n2',
    namespace: 'shop',
    pod: 'cart-7d4b9c6f58-m8wzt',
    uid: randomUUID(),
    suffix: (BigInt(Date.now()) * 1_000_000n).toString(16),
    container: 'helper',
    reason: 'Pulling',
    message: `Pulling image "${image}"`,
  }),
);

try {
  // Without O_CREAT: a file that nobody tails would make no alert.
  const descriptor = openSync(file, constants.O_WRONLY | constants.O_APPEND);
  writeSync(descriptor, `${line}\n`);
  closeSync(descriptor);
  console.log(`appended to ${file}: node n2 pulls ${image} for shop/cart-7d4b9c6f58-m8wzt`);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`could not append to "${file}": ${reason}`);
  console.error('start the quickstart first (npm start), or name the log: node examples/append.mjs FILE');
  process.exitCode = 1;
}

/** The log of the quickstart that was started last; each has a directory of its own. */
function newestLog() {
  const logs = readdirSync(tmpdir())
    .filter((name) => name.startsWith('riskpipe-quickstart-'))
    .map((name) => join(tmpdir(), name, 'audit.log'))
    .filter((path) => existsSync(path));
  const born = (/** @type {string} */ path) => statSync(path).birthtimeMs;
  return logs.sort((a, b) => born(a) - born(b)).at(-1);
}
