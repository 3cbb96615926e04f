import { refusedByRule, type Checked } from './checked.ts';

/** The result for programs. */
export function checkJson(checked: Checked): string {
  const { compiled, refused, skipped, problems } = checked;
  return JSON.stringify(
    {
      compiled,
      refused,
      refusedByRule: Object.fromEntries(refusedByRule(checked)),
      skipped,
      problems,
    },
    undefined,
    2,
  );
}
