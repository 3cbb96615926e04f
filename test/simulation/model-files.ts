import { Crashed, type Effects } from './effects.ts';

/** The content of a file, whatever names it has. */
export class Inode {
  readonly number: bigint;
  bytes = Buffer.alloc(0);
  /** So many bytes survive a power cut. */
  synced = 0;
  modified: bigint;
  /** Names and descriptors that lead to it. */
  users = 0;

  constructor(number: bigint, modified: bigint) {
    this.number = number;
    this.modified = modified;
  }
}

const firstDescriptor = 1_000_000;
const directoryInode = 2n;
const firstInode = 11n;

/**
 * A directory of files as ext4 keeps them: a file lives as long as a name or a descriptor leads to it, and its inode
 * number goes to the next file that is made (spec/reliability.md §0.3). One side is for who writes the log; the
 * functions named as those of `node:fs` are for the process that reads it, and may be struck by faults.
 */
export class ModelFiles {
  readonly directory: string;
  readonly #effects: Effects;
  readonly #clock: () => number;
  readonly #names = new Map<string, Inode>();
  readonly #descriptors = new Map<number, Inode>();
  readonly #freeInodes: bigint[] = [];
  /** One read gives at most so many bytes, as any may. */
  mostPerRead = Infinity;
  #nextDescriptor = firstDescriptor;
  #nextInode = firstInode;
  #directoryModified = 0n;
  #latestChange = 0n;

  constructor(directory: string, effects: Effects, clock: () => number) {
    this.directory = directory;
    this.#effects = effects;
    this.#clock = clock;
  }

  get names(): readonly string[] {
    return [...this.#names.keys()].sort();
  }

  at(path: string): Inode | undefined {
    return this.#names.get(path);
  }

  /** A new empty file, in place of what had the name. */
  create(path: string): Inode {
    this.unlink(path);
    this.#effects.note(`create ${path}`);
    const number = this.#freeInodes.sort((a, b) => Number(a - b)).shift() ?? this.#nextInode++;
    const inode = new Inode(number, this.#now());
    this.#link(path, inode);
    return inode;
  }

  rename(from: string, to: string): void {
    const inode = this.#names.get(from);
    if (inode === undefined) return;
    this.unlink(to);
    this.#effects.note(`rename ${from} ${to}`);
    this.#link(to, inode);
    this.unlink(from);
  }

  unlink(path: string): void {
    const inode = this.#names.get(path);
    if (inode === undefined) return;
    this.#names.delete(path);
    this.#effects.note(`unlink ${path}`);
    this.#directoryModified = this.#now();
    this.#leave(inode);
  }

  append(inode: Inode, text: string): void {
    this.overwrite(inode, inode.bytes.length, text);
  }

  /** Writes at an offset, which may lie behind the end: then there is a hole of NULs. */
  overwrite(inode: Inode, offset: number, text: string): void {
    this.#effects.note(`file ${inode.number} at ${offset}: ${text.length} bytes`);
    const gap = Buffer.alloc(Math.max(0, offset - inode.bytes.length));
    const { bytes } = inode;
    inode.bytes = Buffer.concat([bytes.subarray(0, offset), gap, Buffer.from(text)]);
    this.#change(inode);
  }

  truncate(inode: Inode, size: number): void {
    this.#effects.note(`truncate ${inode.number} to ${size}`);
    inode.bytes = inode.bytes.subarray(0, size);
    inode.synced = Math.min(inode.synced, size);
    this.#change(inode);
  }

  /** The descriptors of a process that ended are closed. */
  closeAll(): void {
    for (const inode of this.#descriptors.values()) this.#leave(inode);
    this.#descriptors.clear();
  }

  openSync(path: string): number {
    this.#happen(`open ${path}`);
    const inode = this.#names.get(path) ?? missing(path);
    inode.users++;
    const descriptor = this.#nextDescriptor++;
    this.#descriptors.set(descriptor, inode);
    return descriptor;
  }

  owns(descriptor: number): boolean {
    return descriptor >= firstDescriptor;
  }

  closeSync(descriptor: number): void {
    const inode = this.#descriptors.get(descriptor);
    if (inode === undefined) return;
    this.#descriptors.delete(descriptor);
    this.#leave(inode);
  }

  readSync(descriptor: number, target: Uint8Array, from: number, length: number, position: number): number {
    this.#happen(`read ${this.#descriptors.get(descriptor)?.number} ${length} at ${position}`);
    const { bytes } = this.#descriptors.get(descriptor) ?? missing(`descriptor ${descriptor}`);
    const found = bytes.subarray(position, position + Math.min(length, this.mostPerRead));
    target.set(found, from);
    return found.length;
  }

  fstatSync(descriptor: number): ModelStats {
    this.#happen(`stat of ${this.#descriptors.get(descriptor)?.number}`);
    return statsOf(this.#descriptors.get(descriptor) ?? missing(`descriptor ${descriptor}`));
  }

  statSync(path: string): ModelStats | undefined {
    this.#happen(`stat ${path}`);
    if (path === this.directory) return new ModelStats(directoryInode, 4_096, this.#directoryModified);
    const inode = this.#names.get(path);
    return inode && statsOf(inode);
  }

  readdirSync(): readonly string[] {
    this.#happen('list');
    return this.names.map((path) => path.slice(this.directory.length + 1));
  }

  #happen(what: string): void {
    const fault = this.#effects.happen(what);
    if (fault === 'crash') throw new Crashed(what);
    if (fault === 'error') throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  }

  #link(path: string, inode: Inode): void {
    inode.users++;
    this.#names.set(path, inode);
    this.#directoryModified = this.#now();
  }

  #leave(inode: Inode): void {
    if (--inode.users === 0) this.#freeInodes.push(inode.number);
  }

  #change(inode: Inode): void {
    inode.modified = this.#now();
  }

  /** No two changes at the same time. */
  #now(): bigint {
    const now = BigInt(Math.round(this.#clock() * 1_000_000));
    return (this.#latestChange = now > this.#latestChange ? now : this.#latestChange + 1n);
  }
}

function missing(path: string): never {
  throw Object.assign(new Error(`ENOENT: no such file or directory, ${path}`), { code: 'ENOENT' });
}

/** As much of `BigIntStats` as is asked for. */
class ModelStats {
  readonly dev = 1n;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;

  constructor(ino: bigint, size: number, modified: bigint) {
    this.ino = ino;
    this.size = BigInt(size);
    this.mtimeNs = modified;
    this.ctimeNs = modified;
  }

  isFile(): boolean {
    return this.ino !== directoryInode;
  }

  isDirectory(): boolean {
    return this.ino === directoryInode;
  }

  isFIFO(): boolean {
    return false;
  }

  isSocket(): boolean {
    return false;
  }
}

const statsOf = ({ number, bytes, modified }: Inode): ModelStats =>
  new ModelStats(number, bytes.length, modified);
