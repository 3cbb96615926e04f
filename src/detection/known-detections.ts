import type { Problem } from '../util/problem.ts';
import type { Detection } from './frontends/frontend.ts';
import type { Plan } from './plan/plan.ts';

/** Detections as files bring them: the second of one id, or of one language and one UUID, is a problem and left out. */
export class KnownDetections {
  readonly #byId = new Map<string, Detection>();
  readonly #byUuid = new Map<string, Plan>();
  readonly #problems: Problem[];

  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  /** In the order in which they came. */
  get byId(): ReadonlyMap<string, Detection> {
    return this.#byId;
  }

  add(detection: Detection): void {
    const { plan } = detection;
    const uuid = plan.about.uuid.toLowerCase();
    // A native detection may be made from one of Splunk's, and tell by the UUID.
    const key = `${plan.origin.frontend} ${uuid}`;
    const sameId = this.#byId.get(plan.id)?.plan;
    const sameUuid = uuid === '' ? undefined : this.#byUuid.get(key);
    if (sameId !== undefined) this.#refuse(plan, plan.id, sameId);
    else if (sameUuid !== undefined) this.#refuse(plan, uuid, sameUuid);
    else {
      this.#byId.set(plan.id, detection);
      this.#byUuid.set(key, plan);
    }
  }

  #refuse({ origin }: Plan, id: string, { origin: before }: Plan): void {
    this.#problems.push({
      severity: 'error',
      file: origin.file,
      line: origin.line,
      column: 1,
      path: origin.frontend === 'native' ? 'detection' : 'name',
      message: `the detection "${id}" is already in ${before.file}:${before.line}; give one of them another id`,
    });
  }
}
