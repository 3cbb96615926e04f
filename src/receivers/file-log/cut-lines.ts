import type { Host } from '../../pipeline/component.ts';
import { guardHolds } from './evidence.ts';
import type { FileAttempts } from './file-attempts.ts';
import { FileOutput } from './file-output.ts';
import type { Unwrapping } from './frames.ts';
import type { FollowedFile } from './followed-file.ts';
import type { FollowedFiles } from './followed-files.ts';
import { positionAt } from './position-at.ts';
import { readAt } from './read-at.ts';
import type { TurnSettings } from './turn-settings.ts';
import type { CutLine } from './container/join-cut-line.ts';

const firstBytes = 65_536;
const none: CutLine = { kind: 'none' };

/**
 * Hands on lines of containers that a rotation has cut: the runtime goes on in the new file with the next part, as the
 * kubelet renames the old one whenever it likes (spec/k8s-audit.md §9, "Collectors").
 */
export class CutLines {
  readonly #settings: TurnSettings;
  readonly #files: FollowedFiles;
  readonly #attempts: FileAttempts;
  readonly #mode: Host['mode'];
  /** Since when files wait for the end of such a line, on the monotonic clock. */
  readonly #waiting = new WeakMap<FollowedFile, number>();

  constructor(settings: TurnSettings, files: FollowedFiles, attempts: FileAttempts, mode: Host['mode']) {
    this.#settings = settings;
    this.#files = files;
    this.#attempts = attempts;
    this.#mode = mode;
  }

  /** As `join` of the file behind `file`, of which only the beginning of a line is left. */
  async joinNext(file: FollowedFile): Promise<number | undefined> {
    const next = this.#files.all.find((other) => isOfSameLog(other, file) && other.number > file.number);
    return next && this.join(next);
  }

  /**
   * Hands on the line that was begun in the file before `file`, of which nobody has read anything, and that ends in it.
   * How many bytes of both files that took; 0 if it failed, or the end of the line may still come; undefined if there is
   * no such line.
   */
  async join(file: FollowedFile): Promise<number | undefined> {
    const { unwrapping } = this.#settings;
    if (unwrapping?.join === undefined || file.position.offset > 0 || !file.isOpen) return undefined;
    const before = this.#files.all.findLast(
      (other) => isOfSameLog(other, file) && other.number < file.number,
    );
    if (before === undefined || before.behind === 0 || !before.isOpen) return undefined;
    try {
      const cut = between(before, file, unwrapping);
      if (cut.kind === 'open') return this.#mayWait(file) ? 0 : undefined;
      return cut.kind === 'whole' ? await this.#handOn(before, file, cut) : undefined;
    } catch (error) {
      this.#attempts.failed(file, error);
      return 0;
    }
  }

  async #handOn(
    before: FollowedFile,
    file: FollowedFile,
    { line, end }: CutLine & { readonly kind: 'whole' },
  ): Promise<number> {
    const { positions } = this.#settings;
    const bytes = before.behind + end;
    const done = await this.#attempts.work(file, async (work) => {
      const output = new FileOutput(this.#settings, file, work);
      await output.deliverTorn(line, end - line.length - 1);
      output.settle(bytes);
      const [left, reached] = [positionAt(before, before.size, null), positionAt(file, end, null)];
      positions.put(work.state, before.id, left);
      positions.put(work.state, file.id, reached);
      return { left, reached };
    });
    file.due = true;
    if (done === undefined) return 0;
    before.position = done.left;
    file.position = done.reached;
    return bytes;
  }

  /** True while the end of a line may come: a runtime writes the parts of a line at once. */
  #mayWait(file: FollowedFile): boolean {
    if (this.#mode === 'replay') return false;
    const now = this.#settings.clock();
    const since = this.#waiting.get(file) ?? now;
    this.#waiting.set(file, since);
    file.due = true;
    return now - since < this.#settings.graceMs;
  }
}

const isOfSameLog = (one: FollowedFile, other: FollowedFile): boolean =>
  one.family === other.family && !one.isArchive && !other.isArchive;

/** What stands between two files that follow each other. Throws `SourceError`. */
function between(before: FollowedFile, file: FollowedFile, unwrapping: Unwrapping): CutLine {
  const { longest } = unwrapping;
  if (before.behind > longest || !guardHolds(before.bytes, before.position.evidence)) return none;
  const begun = bytesOf(before, before.behind);
  for (let length = firstBytes; ; length *= 2) {
    const cut = unwrapping.join?.(begun, bytesOf(file, Math.min(length, file.size))) ?? none;
    if (cut.kind !== 'open' || length >= file.size) return cut;
    if (length >= longest) return none;
  }
}

function bytesOf({ bytes, position }: FollowedFile, length: number): Buffer {
  const target = Buffer.alloc(length);
  return target.subarray(0, readAt(bytes, target, position.offset));
}
