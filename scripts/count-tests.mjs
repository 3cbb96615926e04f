// Reads what vitest's JSON reporter wrote: prints "passed failed skipped" of it, and on stderr what was skipped.
// A file that could not be run at all counts as one failure, as does a report that is not there.
import { readFileSync } from 'node:fs';

const [file = ''] = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };
try {
  for (const { assertionResults, status, name } of JSON.parse(readFileSync(file, 'utf8')).testResults) {
    let failures = 0;
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++;
      else if (test.status === 'failed') failures++;
      else {
        counts.skipped++;
        console.error(`skipped: ${test.fullName}`);
      }
    }
    if (status === 'failed' && failures === 0) console.error(`failed as a whole: ${name}`);
    counts.failed += status === 'failed' ? Math.max(1, failures) : failures;
  }
} catch (error) {
  console.error(`${file} tells nothing: ${error instanceof Error ? error.message : String(error)}`);
  counts.failed++;
}
console.log(counts.passed, counts.failed, counts.skipped);
