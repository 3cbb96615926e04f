import { filesIn, loadFiles } from '../../../src/commands/files.ts';
import { sortedFiles } from '../../../src/commands/sorted-files.ts';

/** `compile FOLDER`: reads and compiles all detections in it, once, in a fresh process; prints how long that took, as JSON. */
const [folder = ''] = process.argv.slice(2);

const start = performance.now();
const { files } = await filesIn([folder]);
const { detections } = loadFiles(sortedFiles(files));
process.stdout.write(`${JSON.stringify({ ms: performance.now() - start, detections: detections.length })}\n`);
