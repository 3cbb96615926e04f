import type { Span } from './ast.ts';
import type { ComplaintRule } from './complaint.ts';

/**
 * The rest of a command cannot be read. Thrown within the parser, where a complaint ends the reading of a command at
 * any depth; `parseSearch` catches it and complains.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly rule: ComplaintRule;
  readonly span: Span;

  constructor(rule: ComplaintRule, span: Span, message: string) {
    super(message);
    this.rule = rule;
    this.span = span;
  }
}
