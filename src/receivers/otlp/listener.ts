import type { Intake } from './intake.ts';

/** One protocol of the receiver: takes requests for `intake`, and answers each once its records are durable. */
export interface Listener {
  /** Resolves once it listens; throws an error that says what to change. */
  start(intake: Intake): Promise<void>;
  /** Takes nothing new, and waits for what was begun until `signal` aborts. */
  stop(signal: AbortSignal): Promise<void>;
}
