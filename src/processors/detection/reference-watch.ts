import type { ReloadingReferences } from '../../detection/references/load-references.ts';
import type { Logger } from '../../pipeline/logger.ts';
import { fromMillis, type Time } from '../../record/time.ts';
import { formatProblem } from '../../util/problem.ts';

const lookEvery = fromMillis(5_000);

/** Looks every few seconds whether the files of references have changed, and says what became of them. */
export class ReferenceWatch {
  readonly #references: ReloadingReferences;
  readonly #log: Logger;
  #looked: Time = 0n;

  constructor(references: ReloadingReferences, log: Logger) {
    this.#references = references;
    this.#log = log;
  }

  /** `now`: wall time. Call it where nothing is being looked up. */
  async tick(now: Time): Promise<void> {
    const since = now - this.#looked;
    // A clock that was set back must not end the looking.
    if (since >= 0n && since < lookEvery) return;
    this.#looked = now;
    const { changed, problems } = await this.#references.refresh();
    for (const path of changed) this.#log.info(`${path} has changed and was read anew`);
    for (const problem of problems) {
      const kept = problem.severity === 'error' ? '; what was read before stays in use' : '';
      this.#log.warn(`${formatProblem(problem)}${kept}`);
    }
  }
}
