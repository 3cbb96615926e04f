import type { Problem } from '../../../util/problem.ts';
import { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { modeProblem } from '../../plan/mode-problem.ts';
import type { Mode, Step } from '../../plan/plan.ts';
import type { AttackData, Detection, DetectionFile, Surroundings } from '../frontend.ts';
import { aboutOf } from './about.ts';
import { compileSearch, type CompiledSearch } from './compile-search.ts';
import type { Deployment, SplunkContent } from './content.ts';
import { detectionId } from './detection-id.ts';
import { deploymentAt } from './files/deployment.ts';
import type { DetectionSource } from './files/detection-source.ts';
import { readDetection } from './files/read-detection.ts';
import { placedProblem } from './placed-problem.ts';
import { riskOf } from './risk.ts';
import type { ComplainAt } from './spl/complaint.ts';
import { standardDeployments } from './standard-deployments.ts';
import { throttlingOf } from './throttling.ts';

/** Compiles an ESCU detection file. Total: a detection with an error is left out, with all its problems. */
export function compileSplunk(
  file: DetectionFile,
  around: Surroundings,
): { readonly detections: readonly Detection[]; readonly problems: readonly Problem[] } {
  const yaml = new YamlFile(file);
  if (yaml.failed) return { detections: [], problems: yaml.problems };
  const found: Problem[] = [];
  const complain: ComplainAt = (complaint) => found.push(placedProblem(file.path, complaint));
  const source = readDetection(yaml);
  const deployment = source ? deploymentOf(yaml, source, around.splunk) : standardDeployments.TTP;
  // Also of a file with something else wrong in it: its author wants to hear of everything at once.
  const search = compileSearch(yaml, deployment.schedule, around.splunk, complain);
  const detection = source && search && detectionOf(yaml, source, deployment, search, around, complain);
  const failed = yaml.failed || found.some(({ severity }) => severity === 'error');
  return {
    detections: detection === undefined || failed ? [] : [detection],
    problems: [...yaml.problems, ...found],
  };
}

function deploymentOf(file: YamlFile, source: DetectionSource, content: SplunkContent): Deployment {
  if (source.deployment !== undefined) return deploymentAt(file, ['deployment'], source.deployment);
  return content.deployments.get(source.type) ?? standardDeployments[source.type];
}

function detectionOf(
  file: YamlFile,
  source: DetectionSource,
  deployment: Deployment,
  search: CompiledSearch,
  around: Surroundings,
  complain: ComplainAt,
): Detection | undefined {
  const id = detectionId(file.path);
  if (id === undefined) {
    file.error(
      [],
      'the name of the file makes no id; name it with letters, digits and "_", at most 128 of them',
    );
    return undefined;
  }
  const throttling = throttlingOf(source);
  const steps: readonly Step[] = [search.transform, ...(throttling ? [throttling] : [])];
  const plan = {
    id,
    title: source.name,
    about: aboutOf(file, source),
    origin: { frontend: 'splunk', file: file.path, line: file.place(['name'], 'key').line },
    mode: modeOf(file, around.modeOf(id), steps, complain),
    where: search.where,
    steps,
    risk: riskOf(file, source, deployment),
  };
  return { plan, tests: [], attackData: attackDataOf(source), search: search.written };
}

/** A search whose rows nobody can know before its window ends runs as Splunk would run it, whatever was wished for. */
function modeOf(file: YamlFile, wish: Mode, steps: readonly Step[], complain: ComplainAt): Mode {
  const reason = steps.map((step) => modeProblem(wish, step)).find((problem) => problem !== undefined);
  if (reason === undefined) return wish;
  const at = { file: file.path, ...file.place(['search'], 'key'), through: [] };
  complain({ severity: 'warning', rule: 'mode', at, message: `runs in the mode "scheduled": ${reason}` });
  return 'scheduled';
}

function attackDataOf({ tests }: DetectionSource): readonly AttackData[] {
  return tests.map(({ name, attack_data: files }) => ({
    name,
    files: files.map(({ data, source, sourcetype }) => ({ data, source, sourcetype })),
  }));
}
