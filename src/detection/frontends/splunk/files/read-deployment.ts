import { z } from 'zod';
import { check } from '../../../../util/yaml/check.ts';
import type { YamlFile } from '../../../../util/yaml/yaml-file.ts';
import type { Deployment } from '../content.ts';
import { contentFields } from './content-fields.ts';
import { deploymentAt } from './deployment.ts';
import { deploymentFields } from './deployment-fields.ts';

const deploymentFile = z.strictObject({
  ...contentFields,
  ...deploymentFields,
  type: z.enum(['TTP', 'Anomaly', 'Hunting', 'Correlation', 'Baseline']),
  tags: z.looseObject({}).nullish(),
});

/** A deployment file: for which type of search, and what it says; undefined if something is wrong. */
export function readDeployment(
  file: YamlFile,
): { readonly type: z.infer<typeof deploymentFile>['type']; readonly deployment: Deployment } | undefined {
  const { source } = check(file, deploymentFile);
  if (source === undefined) return undefined;
  const deployment = deploymentAt(file, [], source);
  return file.failed ? undefined : { type: source.type, deployment };
}
