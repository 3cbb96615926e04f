import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { recordsOfLines } from './otlp-json.ts';
import { imbalances, total } from './report.ts';
import { Workspace } from './workspace.ts';

const audit = fileURLToPath(new URL('../../../shared/data/audit/', import.meta.url));

/** Complete lines that are not blank: what a replay reads. A last line without its newline is not complete. */
function linesOf(path: string): number {
  const text = readFileSync(path, 'latin1');
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.trim() !== '').length;
}

describe.skipIf(!existsSync(audit))('logs of real clusters (../shared/data) run through', () => {
  // None of them has a line that is no event, so none may be called malformed: not even those of edge/, which hold
  // invalid UTF-8, nesting 9,000 deep and numbers that no number type holds.
  for (const [what, files, pulls] of [
    ['a capture of everything', 'kube-apiserver-1.34/audit-p1.jsonl', 55],
    ['a capture under a usual policy', 'kube-apiserver-1.34/audit-p2.jsonl', 56],
    ['a capture of metadata', 'kube-apiserver-1.34/audit-p3.jsonl', 0],
    ['odd requests', 'kube-apiserver-1.34/edge/edge.jsonl', undefined],
    ['twelve shapes', 'kube-apiserver-1.34/examples.jsonl', undefined],
    ['codenotary', 'codenotary-immudb/k8s.log', 0],
    ['falco', 'falco/*.json', 0],
    ['panther', 'panther/*.jsonl', undefined],
    ['audit2rbac', 'audit2rbac/testdata/demo.log', 0],
  ] as const) {
    test(what, async () => {
      const workspace = new Workspace();
      const file = workspace.path('out.json');
      const { report } = await workspace.replay(
        workspace.configure('', { file, receiver: { include: [`${audit}${files}`] } }),
      );
      const paths = globSync(files, { cwd: audit, absolute: true });
      expect(paths.length).toBeGreaterThan(0);
      expect(total(report, 'lines')).toBe(paths.reduce((sum, path) => sum + linesOf(path), 0));
      expect(total(report, 'malformed')).toBe(0);
      expect(imbalances(report)).toEqual([]);
      if (pulls === undefined) return;
      const found = existsSync(file) ? recordsOfLines(readFileSync(file, 'utf8')) : [];
      const seed = found.filter(({ attributes }) => attributes['risk.score'] === 20);
      expect(seed).toHaveLength(pulls);
    });
  }
});
