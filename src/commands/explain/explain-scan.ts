import { lineScanner } from '../../detection/line-scanner.ts';
import type { Plan } from '../../detection/plan/plan.ts';
import { describeScan } from '../../detection/scan/describe-scan.ts';
import { scanLog } from './scan-log.ts';

/**
 * How the scanner looks for `plans`: what it has chosen to look at, and, if there is a log at `path`, what came of it
 * there. Text with line ends. Throws what the file system says.
 */
export function explainScan(plans: readonly Plan[], path: string | undefined): string {
  const scanner = lineScanner(plans);
  if (scanner === undefined) {
    return 'there is no scanner: this Node.js has no WebAssembly SIMD, or the kernel is not built; every line is parsed\n';
  }
  const long = path === undefined ? 0 : scanLog(scanner, path);
  const lines = [
    ...describeScan(scanner),
    ...(long > 0 ? [`${long} further lines are too long to be looked at, and are parsed`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
