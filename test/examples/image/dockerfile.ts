import { readFileSync } from 'node:fs';

/** One instruction of a Dockerfile: `COPY`, and what is behind it. */
interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** What is behind a `FROM`, up to the next. */
export interface Stage {
  readonly image: string;
  /** Empty if nothing calls it by one. */
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, in order; lines that end in `\` are one with the next. */
export function stagesOf(path: string): readonly Stage[] {
  const lines = readFileSync(path, 'utf8')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));
  const stages: { image: string; name: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, name = '', text = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    const [image = '', , called = ''] = text.split(/\s+/);
    if (name === 'FROM') stages.push({ image, name: called, instructions: [] });
    else stages.at(-1)?.instructions.push({ name, text });
  }
  return stages;
}

/** What a `COPY` copies: paths of the stage `from`, of the checkout if that is empty. */
export interface Copy {
  readonly from: string;
  readonly sources: readonly string[];
  readonly target: string;
}

/** The copies of a stage, in order. */
export const copiesOf = ({ instructions }: Stage): readonly Copy[] =>
  instructions.filter(({ name }) => name === 'COPY').map(({ text }) => copyOf(text));

/** What the text behind `COPY` says. */
export function copyOf(text: string): Copy {
  const [, from = '', paths = ''] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(text) ?? [];
  const words = paths.split(/\s+/);
  return { from, sources: words.slice(0, -1), target: words.at(-1) ?? '' };
}

/** The last of a stage's instructions of one name; empty if there is none. */
export const lastOf = ({ instructions }: Stage, wanted: string): string =>
  instructions.findLast(({ name }) => name === wanted)?.text ?? '';
