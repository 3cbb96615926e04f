import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { onTestFinished } from 'vitest';

/**
 * A mount namespace in which one directory is a file system of its own: to fill it, to make it read-only, to cut its
 * power. The rest of the machine does not see it, and it is gone with the test, however that ends.
 */
export class MountSpace {
  /** Where the file system is, for programs that run `through` this space. */
  readonly mountPoint: string;
  /** The same place for everybody else. */
  readonly seenFromOutside: string;
  /** The command that brings a program into this space. */
  readonly through: readonly string[];

  private constructor(keeper: number, mountPoint: string) {
    this.mountPoint = mountPoint;
    this.seenFromOutside = `/proc/${keeper}/root${mountPoint}`;
    this.through = ['nsenter', '--mount', `--target=${keeper}`, '--'];
  }

  static async enter(mountPoint: string): Promise<MountSpace> {
    mkdirSync(mountPoint, { recursive: true });
    // It lives as long as its standard input: not longer than the test process.
    const keeper = spawn('unshare', ['--mount', 'sh', '-c', 'echo in; exec cat'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(keeper.stdout, 'data');
    onTestFinished(async () => {
      const closed = once(keeper, 'close');
      keeper.kill('SIGKILL');
      await closed;
    });
    return new MountSpace(keeper.pid ?? 0, mountPoint);
  }

  /** Runs a command in the space; throws, with what it said, if it fails. */
  run(...words: readonly string[]): void {
    const [file = '', ...args] = [...this.through, ...words];
    const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`);
  }

  mountMemory(options: string): void {
    this.run('mount', '-t', 'tmpfs', '-o', options, 'none', this.mountPoint);
  }

  mountImage(image: string): void {
    this.run('mount', '-o', 'loop', image, this.mountPoint);
  }

  unmount(): void {
    this.run('umount', this.mountPoint);
  }
}
