import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { lineScanner } from './detection/line-scanner.ts';
import { scanAhead } from './detection/scan-ahead.ts';
import type { ScanTarget } from './detection/scanners.ts';
import { StretchReader } from './receivers/file-log/ahead/stretch-reader.ts';
import type { Stretch, ThreadOrder } from './receivers/file-log/ahead/stretch.ts';
import { assert } from './util/assert.ts';
import { sealPrototypes } from './util/seal-prototypes.ts';

// A thread that scans log files ahead of a replay: introduces the reading of stretches to the scanner of detections.
sealPrototypes();
assert(!isMainThread && parentPort !== null, 'this program is for threads');
const port = parentPort;
// Both were made by the same build: what arrives is what the other thread has sent.
const { target, maxLine } = workerData as ThreadOrder;
const reader = new StretchReader(maxLine, scanAhead(target as ScanTarget, lineScanner));
port.on('message', (stretch: Stretch) => port.postMessage(reader.read(stretch)));
port.postMessage('ready');
