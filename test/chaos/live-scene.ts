import { expect } from 'vitest';
import { Arrivals } from '../e2e/arrivals.ts';
import { AuditEvents } from '../e2e/audit-events.ts';
import { AuditWriter, type Habits } from '../e2e/audit-writer.ts';
import type { AnswerPlan, Backend } from '../e2e/backend.ts';
import { Program, type Circumstances } from '../e2e/process.ts';
import { until } from '../e2e/until.ts';
import { Workspace, type Wishes } from '../e2e/workspace.ts';
import type { FaultVerdict } from './fault-verdict.ts';
import { seed } from './knobs.ts';

/** For whatever has to happen once; two lanes and the rest of a machine may be busy. */
const patienceMs = 60_000;

interface Setting {
  readonly habits?: Habits;
  readonly plan?: AnswerPlan;
  readonly wishes?: Wishes;
}

/** What a fault may cause beside findings. */
interface Effects {
  /** Kinds of notices. */
  readonly notices?: readonly string[];
  /** Lines in the log that the writer did not write. */
  readonly extraLines?: number;
  /** What the program that reads the counters is run through. */
  readonly through?: readonly string[];
}

/** A log that grows, a backend, and the program between them, as most fault tests need them. */
export class LiveScene {
  readonly workspace: Workspace;
  readonly backend: Backend;
  readonly writer: AuditWriter;
  readonly arrivals: Arrivals;
  config: string;

  private constructor(workspace: Workspace, backend: Backend, { habits = {}, wishes = {} }: Setting) {
    this.workspace = workspace;
    this.backend = backend;
    this.writer = new AuditWriter(workspace.logs, new AuditEvents(seed, Date.now()), { seed, ...habits });
    this.arrivals = new Arrivals(this.writer, backend);
    this.config = workspace.configure(backend.endpoint, wishes);
  }

  static async begin(setting: Setting = {}, workspace = new Workspace()): Promise<LiveScene> {
    return new LiveScene(workspace, await workspace.backend(setting.plan), setting);
  }

  /** Writes the configuration anew, before the program starts. */
  configure(wishes: Wishes): void {
    this.config = this.workspace.configure(this.backend.endpoint, wishes);
  }

  /** Starts the program; it may not be ready yet. */
  start(circumstances: Circumstances = {}): Program {
    return new Program(['--config', this.config], {
      directory: this.workspace.directory,
      ...circumstances,
    });
  }

  /** Starts the program and waits until it says that everything is ready. */
  async ready(circumstances?: Circumstances): Promise<Program> {
    const program = this.start(circumstances);
    await program.ready(patienceMs);
    return program;
  }

  /** Resolves when everything that was written so far has arrived; `program` may end of nothing but its own. */
  async complete(program: Program, deadlineMs = patienceMs): Promise<void> {
    await until(
      () => this.arrivals.complete || program.exit !== undefined,
      () => `${this.#missing()}; it said:\n${program.stderr.slice(-2_000)}`,
      deadlineMs,
    );
    if (!this.arrivals.complete) {
      throw new Error(
        `it ended with ${program.exit}; ${this.#missing()}; it said:\n${program.stderr.slice(-2_000)}`,
      );
    }
  }

  /** Resolves when the finding of the newest line that has one has arrived. */
  async arrived(key: string, program: Program): Promise<void> {
    await until(
      () => this.arrivals.has(key) || program.exit !== undefined,
      () => `${key}; it said:\n${program.stderr.slice(-2_000)}`,
      patienceMs,
    );
    if (!this.arrivals.has(key))
      throw new Error(`it ended with ${program.exit}:\n${program.stderr.slice(-2_000)}`);
  }

  /**
   * Lets a program that nothing stands in the way of any more deliver the rest and stop, and holds everything against
   * what was written.
   */
  async settle(verdict: FaultVerdict, program: Program, effects: Effects = {}): Promise<void> {
    const { notices = [], extraLines = 0, through = [] } = effects;
    this.backend.answerWith(() => ({ status: 200 }));
    // What is lost is the verdict's to say, not a deadline's.
    await this.complete(program).catch((error: unknown) => verdict.wrong.push(String(error).slice(0, 4_000)));
    program.signal('SIGTERM');
    expect(await program.ended(), program.stderr.slice(-2_000)).toBe(0);
    verdict.hold(this.writer.expected, this.backend, notices);
    const { report } = await this.workspace.replay(this.config, through);
    verdict.account(report, this.writer.lines + extraLines);
  }

  #missing(): string {
    const missing = [...this.writer.expected.keys()].filter((key) => !this.arrivals.has(key));
    return `${missing.length} of ${this.writer.expected.size} are missing: ${missing.slice(0, 10).join(', ')}`;
  }
}
