import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { isKnown, techniqueOf } from '../../attack.ts';
import type { About } from '../../plan/plan.ts';
import { annotationsOf } from './annotations.ts';
import { drilldownsOf } from './drilldowns.ts';
import type { DetectionSource } from './files/detection-source.ts';

/** What a reader of an alert wants to know of a detection; a technique that nobody knows is a warning of the file. */
export function aboutOf(file: YamlFile, source: DetectionSource): About {
  const { tags } = source;
  for (const [index, id] of tags.mitre_attack_id.entries()) {
    if (isKnown(id)) continue;
    const path = ['tags', 'mitre_attack_id', index];
    file.warning(path, `"${id}" is not in our ATT&CK table; it is passed on without name and tactics`);
  }
  const attack = tags.mitre_attack_id.map(techniqueOf);
  return {
    uuid: source.id,
    version: source.version === undefined ? '' : String(source.version),
    status: source.status ?? 'experimental',
    description: source.description.trim(),
    references: source.references,
    attack,
    story: tags.analytic_story,
    domain: tags.security_domain ?? '',
    license: '',
    annotations: annotationsOf(source, attack),
    drilldowns: drilldownsOf(source),
    needs: undefined,
  };
}
