import { z } from 'zod';
import { StoreError, type State, type Store } from '../../store/store.ts';
import { evidenceSchema, gatherEvidence } from './evidence.ts';
import type { OpenLog } from './open-log.ts';

const positionSchema = z
  .object({
    /** Where the file was last seen. */
    path: z.string(),
    /** `device:inode`. */
    inode: z.string(),
    /** Rises with every file that a receiver finds. */
    number: z.number(),
    /** Everything before it has been handed on. A line begins here, unless something is being skipped. */
    offset: z.number(),
    /** Of the file, when it was last known to be there. */
    size: z.number().default(0),
    evidence: evidenceSchema,
    /** Its file is gone, was replaced, or was let go for a copy or an archive of it. Such rows are kept: it may come back. */
    unseen: z.boolean(),
    /**
     * Of a log that was compressed: the size of the archive in bytes and its time of modification in nanoseconds since
     * 1970, and whether all of it was read. Offsets are those of the log.
     */
    archive: z
      .object({ size: z.number(), modified: z.string(), complete: z.boolean() })
      .readonly()
      .nullable()
      .default(null),
    /** The time that the last line before the offset tells of its event, if it does. */
    eventTime: z.string().nullable().default(null),
    /**
     * What began at `from` and is not over at `offset`. `sha`: SHA-256, in hexadecimal, of the first 256 bytes of a
     * line (empty if they were not seen), or of the 256 before a run of NULs. `foreign`: all there is of a file in an
     * encoding that is not read.
     */
    skip: z
      .object({ kind: z.enum(['oversize', 'nul', 'foreign']), from: z.number(), sha: z.string() })
      .readonly()
      .nullable(),
  })
  .readonly();

/** How far one file has been read: a row of `position/<receiver>`, its key the id of the file. */
export type FilePosition = z.infer<typeof positionSchema>;
export type Skip = NonNullable<FilePosition['skip']>;

/** The position of a file that nobody has read. */
export function newPosition(
  path: string,
  { fd, facts }: OpenLog,
  number: number,
  offset: number,
): FilePosition {
  const evidence = gatherEvidence(fd, offset);
  return {
    path,
    inode: facts.inode,
    number,
    offset,
    size: facts.size,
    evidence,
    unseen: false,
    archive: null,
    eventTime: null,
    skip: null,
  };
}

/** The rows of one receiver. */
export class FilePositions {
  readonly #table: string;
  readonly #numbers: string;

  constructor(receiver: string) {
    this.#table = `position/${receiver}`;
    this.#numbers = `file/${receiver}`;
  }

  /** By file id. Throws `StoreError` if a row is not one of ours. */
  load(store: Pick<Store, 'scan'>): Map<string, FilePosition> {
    return new Map(store.scan(this.#table).map(([id, row]) => [id, this.#parse(id, row)]));
  }

  /** The highest number a file ever had; 0 if the store knows no file of this receiver. */
  lastNumber(store: Pick<Store, 'get'>): number {
    return Number(store.get(this.#numbers, 'last') ?? 0);
  }

  put(state: Pick<State, 'get' | 'put'>, id: string, position: FilePosition): void {
    state.put(this.#table, id, position);
    if (position.number > this.lastNumber(state)) state.put(this.#numbers, 'last', position.number);
  }

  delete(state: Pick<State, 'delete'>, id: string): void {
    state.delete(this.#table, id);
  }

  #parse(id: string, row: unknown): FilePosition {
    const parsed = positionSchema.safeParse(row);
    if (parsed.success) return parsed.data;
    throw new StoreError(
      'corrupt',
      `row "${id}" of "${this.#table}" is no position: ${z.prettifyError(parsed.error)}`,
    );
  }
}
