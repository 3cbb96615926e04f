import type { YamlFile } from '../../../../util/yaml/yaml-file.ts';
import type { YamlPath } from '../../../../util/yaml/yaml-tree.ts';
import { scheduleProblem } from '../../../plan/schedule-problem.ts';
import type { Deployment } from '../content.ts';
import type { DeploymentSource } from './deployment-fields.ts';

/** The deployment that stands at `path` of a file; a schedule that no search can run by is a problem of the file. */
export function deploymentAt(file: YamlFile, path: YamlPath, source: DeploymentSource): Deployment {
  const { cron_schedule: cron, earliest_time: earliest, latest_time: latest } = source.scheduling;
  const schedule = { cron, earliest, latest };
  const problem = scheduleProblem(schedule);
  if (problem !== undefined) file.error([...path, 'scheduling'], problem, 'key');
  return { schedule, risk: source.alert_action?.rba?.enabled === true };
}
