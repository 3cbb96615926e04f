import type { Expr, Test } from '../../../src/detection/plan/expr.ts';
import type { FieldRef } from '../../../src/detection/plan/field.ts';
import type { ScanPlan } from '../../../src/detection/scan/columns.ts';
import type { Random } from './random.ts';
import type { Vocabulary } from './vocabulary.ts';

type Op = Test['op'];

/** Makes plans over few fields and values, so that their parts hold, fail, and meet in one field. */
export class PlanMaker {
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;

  constructor(random: Random, vocabulary: Vocabulary) {
    this.#random = random;
    this.#vocabulary = vocabulary;
  }

  plans(count: number): ScanPlan[] {
    return Array.from({ length: count }, (_, index) => ({ id: `plan ${index}`, where: this.#where() }));
  }

  /** A plan that a literal decides, one that it decides together with more, and perhaps one without. */
  literalPlans(): ScanPlan[] {
    const needle = this.#random.pick<Test>([
      { op: 'glob', patterns: ['Pulling image*'], fold: true },
      { op: 'starts_with', values: ['pulli'], fold: true },
      { op: 'contains', values: ['kube-system'], fold: this.#random.chance(0.5) },
      { op: 'ends_with', values: ['evil/tool'], fold: false },
      { op: 'word', text: 'tool', fold: true },
    ]);
    const part: Expr = { kind: 'test', field: this.#field(), test: needle };
    return [
      { id: 'literal', where: part },
      { id: 'literal and more', where: { kind: 'and', items: [part, this.#expr(2)] } },
      ...(this.#random.chance(0.5) ? [{ id: 'another', where: this.#where() }] : []),
    ];
  }

  #where(): Expr {
    return {
      kind: 'and',
      items: [this.#expr(2), ...this.#random.list(2, () => this.#expr(3))],
    };
  }

  #expr(depth: number): Expr {
    const random = this.#random;
    if (depth === 0 || random.chance(0.5)) return this.#test(this.#field());
    if (random.chance(0.4)) return { kind: 'not', item: this.#expr(depth - 1) };
    const field = this.#field();
    // Half of the time all on one field: that is what a column is made of.
    const item = random.chance(0.5) ? (): Expr => this.#test(field) : () => this.#expr(depth - 1);
    return { kind: random.pick(['and', 'or']), items: random.list(3, item) };
  }

  #field(): FieldRef {
    const arrays = this.#random.pick(['marked', 'hidden'] as const);
    const name = this.#random.pick(this.#vocabulary.names);
    return { name: arrays === 'marked' ? name : name.replaceAll('{}', ''), arrays };
  }

  #test(field: FieldRef): Expr {
    return { kind: 'test', field, test: testOf(this.#random, this.#vocabulary.texts) };
  }
}

/** Every operator. */
export const ops: readonly [Op, ...Op[]] = [
  'exists',
  'equals',
  'glob',
  'contains',
  'starts_with',
  'ends_with',
  'regex',
  'cidr',
  'compare',
  'order',
  'word',
  'phrase',
  'term',
  'fails',
];

function testOf(random: Random, texts: Vocabulary['texts']): Test {
  const op = random.pick(ops);
  const fold = random.chance(0.5);
  const text = random.pick(texts);
  const part = text.slice(random.below(3), random.below(3) + 4);
  switch (op) {
    case 'exists':
      return { op };
    case 'equals':
      return { op, values: [text, random.pick(texts)], fold };
    case 'contains':
    case 'starts_with':
    case 'ends_with':
      return { op, values: [part], fold };
    case 'glob':
      return {
        op,
        patterns: [random.pick([`${part.replaceAll('\\', '')}*`, `*${part.replaceAll('\\', '')}?*`])],
        fold,
      };
    case 'regex':
      return { op, pattern: random.pick(['^sys', 'e$', '[0-9]{3}', 'pull|get', '^$']), fold };
    case 'cidr':
      return { op, networks: random.pick([['10.0.0.0/8'], ['::/0'], ['0.0.0.0/0']]) };
    case 'compare':
      return { op, comparison: random.pick(['<', '<=', '>', '>=']), value: random.pick([0, 200, 403, -1.5]) };
    case 'order':
      return { op, comparison: random.pick(['<', '<=', '>', '>=']), value: random.pick(texts) };
    case 'word':
    case 'phrase':
    case 'term':
      return { op, text: random.pick(['get', 'pull*', 'pods', '*', 'image', 'privileged']), fold };
    case 'fails':
      return { op, test: { op: 'equals', values: [text], fold } };
  }
}
