import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownedByBlock } from './owner.ts';
import { replayEach } from './replay-each.ts';
import { imbalances, total } from './report.ts';
import { Workspace } from './workspace.ts';

const audit = fileURLToPath(new URL('../../../shared/data/audit/', import.meta.url));

// None of them has a line that is no event, so none may be called malformed: not even those of edge/, which hold
// invalid UTF-8, nesting 9,000 deep and numbers that no number type holds.
const captures = [
  { what: 'a capture of everything', files: 'kube-apiserver-1.34/audit-p1.jsonl', pulls: 55 },
  { what: 'a capture under a usual policy', files: 'kube-apiserver-1.34/audit-p2.jsonl', pulls: 56 },
  { what: 'a capture of metadata', files: 'kube-apiserver-1.34/audit-p3.jsonl', pulls: 0 },
  { what: 'odd requests', files: 'kube-apiserver-1.34/edge/edge.jsonl', pulls: undefined },
  { what: 'twelve shapes', files: 'kube-apiserver-1.34/examples.jsonl', pulls: undefined },
  { what: 'codenotary', files: 'codenotary-immudb/k8s.log', pulls: 0 },
  { what: 'falco', files: 'falco/*.json', pulls: 0 },
  { what: 'panther', files: 'panther/*.jsonl', pulls: undefined },
  { what: 'audit2rbac', files: 'audit2rbac/testdata/demo.log', pulls: 0 },
] as const;

/** Complete lines that are not blank: what a replay reads. A last line without its newline is not complete. */
function linesOf(path: string): number {
  const text = readFileSync(path, 'latin1');
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.trim() !== '').length;
}

describe.skipIf(!existsSync(audit))('logs of real clusters (../shared/data) run through', () => {
  const owner = ownedByBlock();
  let replayed: Awaited<ReturnType<typeof replayEach>> = [];
  beforeAll(async () => {
    const includes = captures.map(({ files }) => `${audit}${files}`);
    replayed = await replayEach(new Workspace(owner), includes);
  }, 60_000);

  for (const [index, { what, files, pulls }] of captures.entries()) {
    test(what, () => {
      const { report, records } = replayed[index] ?? expect.unreachable();
      const paths = globSync(files, { cwd: audit, absolute: true });
      expect(paths.length).toBeGreaterThan(0);
      expect(total(report, 'lines')).toBe(paths.reduce((sum, path) => sum + linesOf(path), 0));
      expect(total(report, 'malformed')).toBe(0);
      expect(imbalances(report)).toEqual([]);
      if (pulls === undefined) return;
      const seed = records.filter(({ attributes }) => attributes['risk.score'] === 20);
      expect(seed).toHaveLength(pulls);
    });
  }
});
