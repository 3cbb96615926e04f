import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventually, TailScene } from './tail-scene.ts';

const backups = 3;

/** Writes numbered lines byte by byte as it is told, and rotates as kube-apiserver does: rename, create, prune. */
class RotatingWriter {
  readonly written: string[] = [];
  /** Inodes that came back. */
  reused = 0;
  rotations = 0;
  readonly #scene: TailScene;
  readonly #old: { path: string; lines: readonly string[] }[] = [];
  readonly #inodes = new Set<number>();
  #lines: string[] = [];
  #pending = '';
  #descriptor = -1;

  constructor(scene: TailScene) {
    this.#scene = scene;
    this.#create();
  }

  get inode(): string {
    const { dev, ino } = statSync(this.#scene.path('audit.log'));
    return `${dev}:${ino}`;
  }

  /** Appends the next `count` bytes, wherever that cuts the last line. */
  write(count: number): void {
    while (this.#pending.length < count) this.#add();
    writeSync(this.#descriptor, this.#pending.slice(0, count));
    this.#pending = this.#pending.slice(count);
  }

  /** The files that the next rotation deletes, and the lines in them. */
  get doomed(): readonly string[] {
    return this.#old.slice(0, Math.max(0, this.#old.length - backups + 1)).flatMap(({ lines }) => lines);
  }

  rotate(): void {
    this.flush();
    closeSync(this.#descriptor);
    const path = this.#scene.path(`audit-${String(++this.rotations).padStart(4, '0')}.log`);
    renameSync(this.#scene.path('audit.log'), path);
    this.#old.push({ path, lines: this.#lines });
    while (this.#old.length > backups) rmSync(this.#old.shift()?.path ?? '');
    this.#create();
  }

  /** Ends the line that was begun. */
  flush(): void {
    writeSync(this.#descriptor, this.#pending);
    this.#pending = '';
  }

  close(): void {
    this.flush();
    closeSync(this.#descriptor);
  }

  #add(): void {
    const line = `line ${this.written.length} ${'x'.repeat((this.written.length * 37) % 211)}`;
    this.written.push(line);
    this.#lines.push(line);
    this.#pending += `${line}\n`;
  }

  #create(): void {
    this.#lines = [];
    this.#descriptor = openSync(this.#scene.path('audit.log'), 'w');
    const { ino } = statSync(this.#scene.path('audit.log'));
    if (this.#inodes.has(ino)) this.reused++;
    this.#inodes.add(ino);
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), bytes: fc.nat(3_000) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rotate' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('stop' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('start' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('refuse' as const), times: fc.integer({ min: 1, max: 2 }) }),
  },
  // Lets the reader come as far as it likes.
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('yield' as const) }) },
);

test('every whole line arrives exactly once and in order, whatever happens', async () => {
  const seen = { rotations: 0, reused: 0, starts: 0, refusals: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 40 }),
      fc.boolean(),
      async (steps, narrow) => {
        const scene = new TailScene();
        const writer = new RotatingWriter(scene);
        let refusals = 0;
        scene.refuse = () => {
          if (refusals === 0) return;
          refusals--;
          seen.refusals++;
          throw new Error('full');
        };
        let running = false;
        const start = async (): Promise<void> => {
          if (running) return;
          running = true;
          seen.starts++;
          await scene.start({
            include: scene.path(narrow ? 'audit.log' : 'audit*.log'),
            max_log_size: 4_096,
            poll_interval: '5ms',
          });
        };
        const knows = (inode: string): boolean => JSON.stringify(scene.positions).includes(`"${inode}"`);
        try {
          for (const { kind, ...given } of steps) {
            if (kind === 'write' && 'bytes' in given) writer.write(given.bytes);
            else if (kind === 'start') await start();
            else if (kind === 'refuse' && 'times' in given) refusals = given.times;
            else if (kind === 'yield') await new Promise((resolve) => setImmediate(resolve));
            else if (kind === 'stop' && running) {
              await scene.stop();
              running = false;
            } else if (kind === 'rotate') {
              // A file that nobody could have seen is not read: with one name only, it has to be found before it goes.
              if (narrow && running) await eventually(() => expect(knows(writer.inode)).toBe(true));
              if (narrow && !knows(writer.inode)) continue;
              // Nor can what was deleted before it was read.
              const missing = (): boolean => writer.doomed.some((line) => !scene.texts.includes(line));
              if (missing() && !running) await start();
              await eventually(() => expect(missing()).toBe(false));
              writer.rotate();
            }
          }
          writer.flush();
          await start();
          await eventually(() => expect(scene.lines.length).toBeGreaterThanOrEqual(writer.written.length));
          await scene.stop();
          expect(scene.texts.toSorted()).toEqual(writer.written.toSorted());
          for (const stream of new Set(scene.lines.map((line) => line.stream))) {
            const ends = scene.lines.filter((line) => line.stream === stream).map(({ end }) => end);
            expect(ends).toEqual(ends.toSorted((one, other) => one - other));
          }
          expect(scene.counted['lines'] ?? 0).toBe(writer.written.length);
          expect(scene.notices).toEqual([]);
          expect(scene.failures).toEqual([]);
        } finally {
          writer.close();
          seen.rotations += writer.rotations;
          seen.reused += writer.reused;
          await scene.discard();
        }
      },
    ),
    { seed: 3, numRuns: 20 },
  );
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
}, 60_000);
