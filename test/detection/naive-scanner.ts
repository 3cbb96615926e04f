import type { FoundLines, LineScanner, ScannedBytes } from '../../src/detection/scanner.ts';
import { compilePredicate, type Predicate } from '../../src/detection/operators/predicate.ts';
import { Row } from '../../src/detection/operators/row.ts';
import type { Expr } from '../../src/detection/plan/expr.ts';
import { JsonObject, parseJson } from '../../src/record/json.ts';
import { lineSpans } from '../../src/record/line-batch.ts';
import { DecodedLine } from '../../src/record/line.ts';
import { meaningless } from './engine-fixture.ts';

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly plans: ReadonlySet<number>;
  readonly odd: boolean;
}

/** A scanner that parses every line and leaves those that it has to, and now and then one that it need not. */
export class NaiveScanner implements LineScanner {
  /** How many lines there were, and how many of them it ruled out. */
  readonly counts = { lines: 0, ruledOut: 0, stamps: 0 };
  readonly #tests: readonly Predicate[];
  #isWanted: (plan: number) => boolean = () => true;
  #bytes: Uint8Array = new Uint8Array();

  constructor(plans: readonly { readonly where: Expr }[]) {
    this.#tests = plans.map(({ where }) => compilePredicate(where));
  }

  close(): void {}

  want(isWanted: (plan: number) => boolean): void {
    this.#isWanted = isWanted;
  }

  scan({ memory, offset, length }: ScannedBytes): FoundLines {
    this.#bytes = memory.bytes.subarray(offset, offset + length);
    const spans = lineSpans(this.#bytes);
    const found: Candidate[] = [];
    for (let index = 0; index < spans.length; index += 2) {
      const candidate = this.#judge(spans[index] ?? 0, spans[index + 1] ?? 0);
      if (candidate.odd || candidate.plans.size > 0) found.push(candidate);
    }
    this.counts.lines += spans.length / 2;
    this.counts.ruledOut += spans.length / 2 - found.length;
    return {
      lines: spans.length / 2,
      count: found.length,
      start: (index) => found[index]?.start ?? 0,
      end: (index) => found[index]?.end ?? 0,
      odd: (index) => found[index]?.odd ?? false,
      plans: (index, word) =>
        [...(found[index]?.plans ?? [])]
          .filter((plan) => plan >> 5 === word)
          .reduce((bits, plan) => bits | (1 << (plan & 31)), 0),
    };
  }

  likelyStampOf(start: number): string | undefined {
    this.counts.stamps++;
    return /"stageTimestamp":"([^"\\]*)"/.exec(this.#textAt(start))?.[1];
  }

  isEvent(start: number): boolean {
    return parseJson(this.#textAt(start)) instanceof JsonObject;
  }

  #textAt(start: number): string {
    return Buffer.from(this.#bytes.subarray(start, this.#bytes.indexOf(10, start))).toString();
  }

  #judge(start: number, end: number): Candidate {
    const line = new DecodedLine(this.#bytes.subarray(start, end), end);
    const event = parseJson(line.text);
    if (!(event instanceof JsonObject)) return { start, end, plans: new Set(), odd: true };
    const row = new Row(event, line, { resource: { attributes: {} }, attributes: {} }, meaningless);
    const tooMuch = line.bytes.length % 7 === 0;
    const plans = [...this.#tests.keys()].filter(
      (plan) => this.#isWanted(plan) && (tooMuch || this.#tests[plan]?.(row.texts)),
    );
    return { start, end, plans: new Set(plans), odd: line.bytes.length % 13 === 0 };
  }
}
