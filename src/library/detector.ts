import { Engine } from '../detection/engine.ts';
import { auditAttributes } from '../detection/kubernetes/attributes.ts';
import { redactedText } from '../detection/kubernetes/redact.ts';
import { lineScanner } from '../detection/line-scanner.ts';
import { LineBatch } from '../record/line-batch.ts';
import { noResource, type Resource } from '../record/record.ts';
import { fromMillis, type Time } from '../record/time.ts';
import { MemoryStore } from '../store/memory.ts';
import type { State } from '../store/store.ts';
import { ConfigError, type Problem } from '../util/problem.ts';
import { serial } from '../util/serial.ts';
import { compile } from './compile.ts';
import type { DetectorFiles, DetectorOptions } from './detector-options.ts';
import type { Evaluation } from './evaluation.ts';
import { Said } from './said.ts';

const name = 'detector';

/**
 * Detections, run by a program of one's own: the engine of the `detection` processor, which remembers in memory what
 * it has seen. Calls may overlap; they are dealt with in order. It reads no file and no clock.
 */
export class Detector {
  /** What is not wrong, and perhaps not meant: of files that were passed over, say. */
  readonly warnings: readonly Problem[];
  /** Ids of the detections, in the order of their files. */
  readonly ids: readonly string[];
  readonly #engine: Engine;
  readonly #cluster: string;
  readonly #resource: Resource;
  readonly #store = new MemoryStore();
  readonly #inOrder = serial();
  /** Bytes of the lines so far. */
  #offset = 0;

  /** Throws `ConfigError`, with all that is wrong, if a file cannot be compiled. */
  constructor(files: DetectorFiles, options: DetectorOptions = {}) {
    const { detections, problems } = compile(files, options);
    if (problems.some(({ severity }) => severity === 'error')) throw new ConfigError(problems);
    const plans = detections.map(({ plan }) => plan);
    this.warnings = problems;
    this.ids = plans.map(({ id }) => id);
    this.#cluster = options.cluster ?? '';
    this.#resource = options.resource === undefined ? noResource : { attributes: options.resource };
    this.#engine = new Engine(plans, {
      component: name,
      idleTimeoutMs: 60_000,
      contextOf: auditAttributes,
      redact: redactedText,
      scannerOf: lineScanner,
    });
  }

  /**
   * The next lines of a log, each one event without its line end. `now` is the wall time: it stands in for the time of
   * an event that has none, and an event far ahead of it closes no window.
   */
  evaluate(lines: readonly string[], now: Date): Promise<Evaluation> {
    return this.#run(now, (state, time, said) => {
      const bytes = Buffer.from(lines.map((line) => `${line.replaceAll(/[\r\n]+/g, ' ')}\n`).join(''));
      const start = this.#offset;
      this.#offset += bytes.length;
      const origin = { stream: name, source: name, resource: this.#resource, attributes: {} };
      this.#engine.process(new LineBatch({ ...origin, bytes, start, observedTime: time }), state, time, said);
      return said.evaluation(bytes, start);
    });
  }

  /** Wall time moves on: what is left is closed though no line came. For a live log, once a second. */
  tick(now: Date): Promise<Evaluation> {
    return this.#run(now, (state, time, said) => {
      while (this.#engine.tick(state, time, said));
      return said.evaluation();
    });
  }

  /** The log has ended: closes what is open. */
  finish(now: Date): Promise<Evaluation> {
    return this.#run(now, (state, time, said) => {
      while (this.#engine.finish(state, time, said));
      return said.evaluation();
    });
  }

  /** Runs one call after those before it; what it changes counts only if it does not throw. */
  #run(now: Date, work: (state: State, time: Time, said: Said) => Evaluation): Promise<Evaluation> {
    return this.#inOrder(async () => {
      const time = fromMillis(now.getTime());
      const transaction = this.#store.begin();
      try {
        const evaluation = work(transaction, time, new Said(this.#cluster, time));
        await transaction.commit();
        return evaluation;
      } catch (error) {
        transaction.rollback();
        throw error;
      }
    });
  }
}
