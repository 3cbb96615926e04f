import { loadDetections, type Loaded } from '../detection/load.ts';
import type { DetectorFiles, DetectorOptions } from './detector-options.ts';

/** Compiles all files; without tables to look things up in, a search that does so is an error. */
export function compile(files: DetectorFiles, { mode = 'streaming' }: DetectorOptions): Loaded {
  const { detections, allowlists = [], macros = [], deployments = [] } = files;
  return loadDetections(
    { detections, allowlists, macros, deployments, lookups: [] },
    {
      mode,
      overrides: {},
      define: {},
      missingLookup: 'error',
      written: { file: '', overrides: '', define: '' },
    },
  );
}
