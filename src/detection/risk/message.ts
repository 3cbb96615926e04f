/**
 * A risk message with its tokens filled (`Risk.message` in plan/plan.ts): `{name}` becomes what `valueOf` gives for
 * it, or stays as it is where that is undefined (spec/spl.md §5.3); `{{` is one brace. Values are never read for
 * tokens again.
 */
export function filledMessage(template: string, valueOf: (column: string) => string | undefined): string {
  return template.replace(/\{\{|\{([^{}]+)\}/g, (token, column: string | undefined) =>
    column === undefined ? '{' : (valueOf(column) ?? token),
  );
}
