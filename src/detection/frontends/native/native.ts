import { topLevelKeys } from '../../../util/yaml/top-level-keys.ts';
import type { Frontend } from '../frontend.ts';
import { compileNative } from './compile.ts';

const idKey = /^(?:\{\s*)?(["']?)detection\1\s*:/m;
// Sigma has a key "detection" as well.
const sigmaKey = /^logsource\s*:/m;

/** Our own language: structured YAML, one detection a file, told by its key `detection` (spec/experience.md §1). */
export const nativeFrontend: Frontend = {
  name: 'native',
  accepts: ({ text }) => idKey.test(text) && !sigmaKey.test(text),
  idOf: ({ text }) => topLevelKeys(text).get('detection'),
  compile: compileNative,
};
