import type { DetectionFile } from '../detection/frontends/frontend.ts';
import { contentKind } from '../detection/frontends/splunk/files/content-kind.ts';
import type { LoadFiles } from '../detection/load.ts';

const isAllowlist = ({ text }: DetectionFile): boolean => /^(?:\{\s*)?(["']?)allowlist\1\s*:/m.test(text);

/** Files of all kinds, as people keep them together, by what they are. What nobody knows is among the detections. */
export function sortedFiles(files: readonly DetectionFile[]): LoadFiles {
  const of = (wanted: string): readonly DetectionFile[] => files.filter((file) => kindOf(file) === wanted);
  return {
    detections: of('detection'),
    allowlists: of('allowlist'),
    macros: of('macro'),
    deployments: of('deployment'),
    lookups: of('lookup'),
  };
}

function kindOf(file: DetectionFile): string {
  if (isAllowlist(file)) return 'allowlist';
  const kind = contentKind(file.text);
  return kind === 'macro' || kind === 'deployment' || kind === 'lookup' ? kind : 'detection';
}
