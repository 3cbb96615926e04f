import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';

/** Something that happens to a file of a store while nobody has it open. */
interface Damage {
  readonly name: string;
  /** What stood before it is still there, as after a power cut. */
  readonly leavesBeginning: boolean;
  /** `random`: numbers in [0, 1). */
  readonly strike: (path: string, random: () => number) => void;
}

const page = 4_096;

const cut: Damage = {
  name: 'cut',
  leavesBeginning: true,
  strike: (path, random) => truncateSync(path, Math.floor(statSync(path).size * random())),
};

const zeroed: Damage = {
  name: 'zeroed in one page',
  leavesBeginning: true,
  strike: (path, random) => {
    const bytes = readFileSync(path);
    const from = Math.floor((random() * bytes.length) / page) * page;
    writeFileSync(path, bytes.fill(0, from, Math.min(bytes.length, from + page)));
  },
};

const replaced: Damage = {
  name: 'replaced by a picture',
  leavesBeginning: false,
  strike: (path, random) => {
    const bytes = Buffer.from(Uint8Array.from({ length: 20_000 }, () => Math.floor(random() * 256)));
    writeFileSync(path, Buffer.concat([Buffer.from('ffd8ffe000104a46494600', 'hex'), bytes]));
  },
};

const deleted: Damage = { name: 'deleted', leavesBeginning: false, strike: (path) => rmSync(path) };

export const damages = [cut, zeroed, replaced, deleted] as const;
