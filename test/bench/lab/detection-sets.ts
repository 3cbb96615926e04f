import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fieldDetections } from '../detections/field-detections.ts';
import { nativeFieldDetection } from '../detections/native.ts';
import { sharedData } from './folders.ts';
import type { PipelineWishes } from './pipeline-config.ts';
import type { Scratch } from './scratch.ts';

/** The part of a configuration that says what to look for. */
export type DetectionSet = Pick<PipelineWishes, 'detections' | 'processor'>;

/** The shipped one, with its allowlist. */
export const seedSet: DetectionSet = {
  detections: [resolve('pipelines/detections/kubernetes-suspicious-image-pulling.yaml')],
  processor: { allowlists: [resolve('pipelines/allowlists/*.yaml')] },
};

/** So many distinct detections over nine fields. */
export function fieldSet(scratch: Scratch, count: number): DetectionSet {
  const folder = `field-detections-${count}`;
  for (const detection of fieldDetections(count)) {
    scratch.write(join(folder, `${detection.id}.yaml`), nativeFieldDetection(detection));
  }
  return { detections: [scratch.path(folder, '*.yaml')] };
}

export const escuFolder = join(sharedData, 'escu');

/** The published detections of Splunk that read audit logs, unmodified; undefined if they are not there. */
export function escuAuditSet(): DetectionSet | undefined {
  const folder = join(escuFolder, 'detections');
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder).map((name) => join(folder, name));
  return {
    detections: files.filter((file) => readFileSync(file, 'utf8').includes('`kube_audit`')).toSorted(),
    processor: {
      macros: { files: [join(escuFolder, 'macros', '*.yml')] },
      deployments: [join(escuFolder, 'deployments', '*.yml')],
    },
  };
}

export const noEscu = '../shared/data/escu is not there: the published detections are not measured';
