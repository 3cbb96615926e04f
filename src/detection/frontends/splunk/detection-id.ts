import { basename, extname } from 'node:path';
import { identifier } from '../native/detection-schema.ts';

/** The id of the detection in a file: the file's name in kebab case, as `k8s_scan.yml` is `k8s-scan`; undefined if it makes none. */
export function detectionId(path: string): string | undefined {
  const words =
    basename(path, extname(path))
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return identifier.safeParse(words.join('-')).data;
}
