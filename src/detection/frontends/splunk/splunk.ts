import type { Frontend } from '../frontend.ts';
import { compileSplunk } from './compile.ts';
import { detectionId } from './detection-id.ts';
import { contentKind } from './files/content-kind.ts';

/** Splunk's detections as ESCU publishes them (spec/spl.md §4): YAML around a search in SPL. */
export const splunkFrontend: Frontend = {
  name: 'splunk',
  accepts: ({ text }) => contentKind(text) === 'detection',
  idOf: ({ path }) => detectionId(path),
  compile: compileSplunk,
};
