import { criLine } from './cri-line.ts';
import { dockerLine } from './docker-line.ts';

/** How the Collector calls the formats of container runtimes (`format` of its operator `container`). */
export const containerFormats = ['containerd', 'crio', 'docker'] as const;
export type ContainerFormat = (typeof containerFormats)[number];

/** What a container runtime made of a line that a container wrote, or of a part of one. */
export interface ContainerLine {
  /** Parts of lines of the two streams may alternate. */
  readonly stream: 'stdout' | 'stderr';
  /** The line of the container ends here; otherwise the next part of the same stream goes on with it. */
  readonly isLast: boolean;
  /** What the container wrote, without a line end; perhaps a view of the bytes, and never longer than the line. */
  readonly payload: Buffer;
}

/** Reads the line in `bytes` from `from` to its `\n` at `to`; undefined if it is not of the format. */
export type ReadContainerLine = (bytes: Buffer, from: number, to: number) => ContainerLine | undefined;

const openingBrace = 123;

/** Without a format each line shows its own, as for the Collector: that of Docker is a JSON object. */
export function containerLineReader(format: ContainerFormat | undefined): ReadContainerLine {
  if (format !== undefined) return format === 'docker' ? dockerLine : criLine;
  return (bytes, from, to) => (bytes[from] === openingBrace ? dockerLine : criLine)(bytes, from, to);
}
