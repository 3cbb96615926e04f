import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { Risk } from '../../plan/plan.ts';
import type { Deployment } from './content.ts';
import type { DetectionSource } from './files/detection-source.ts';
import { messageParts } from './message-parts.ts';

/**
 * How findings of a detection become risk events; undefined if its deployment makes none (spec/spl.md §4.1, §4.3). That
 * the file says nothing of risk where there should be some is a problem of the file.
 */
export function riskOf(file: YamlFile, source: DetectionSource, deployment: Deployment): Risk | undefined {
  const { risk, type } = source;
  if (!deployment.risk) return undefined;
  if (risk === undefined) {
    file.error(['rba'], `is missing: the deployment of type "${type}" makes risk of what is found`);
    return undefined;
  }
  if (risk.objects.length === 0) {
    file.warning(['tags', 'observable'], 'has no "Victim", so what is found is no risk to anybody');
    return undefined;
  }
  return { ...risk, message: messageParts(risk.message) };
}
