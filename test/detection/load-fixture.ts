import { loadDetections, type Loaded, type LoadFiles, type LoadOptions } from '../../src/detection/load.ts';

const noFiles: LoadFiles = { detections: [], allowlists: [], macros: [], deployments: [], lookups: [] };
const noOptions: LoadOptions = {
  mode: 'streaming',
  overrides: {},
  define: {},
  missingLookup: 'error',
  written: { file: 'c.yaml', overrides: 'overrides', define: 'macros.define' },
};

/** Loads files with a configuration that says nothing but `options`. */
export const load = (files: Partial<LoadFiles>, options: Partial<LoadOptions> = {}): Loaded =>
  loadDetections({ ...noFiles, ...files }, { ...noOptions, ...options });
