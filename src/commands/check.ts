import { exitCode, type ExitCode } from '../service/exit-code.ts';
import type { Problem } from '../util/problem.ts';
import { checkJson } from './check/check-json.ts';
import { checkSarif } from './check/check-sarif.ts';
import { checkText } from './check/check-text.ts';
import { generalRule, type Checked } from './check/checked.ts';
import { filesIn, loadFiles, type Read } from './files.ts';
import { sortedFiles } from './sorted-files.ts';

export type CheckFormat = 'text' | 'json' | 'sarif';

/** Compiles the detections in `paths`, with whatever lies among them, and says what is wrong; runs nothing. */
export async function check(paths: readonly string[], format: CheckFormat): Promise<ExitCode> {
  const checked = checkFiles(await filesIn(paths));
  const shown = {
    text: () => checkText(checked).join('\n'),
    json: () => checkJson(checked),
    sarif: () => checkSarif(checked),
  };
  process.stdout.write(`${shown[format]()}\n`);
  return checked.problems.some(({ severity }) => severity === 'error')
    ? exitCode.problemsFound
    : exitCode.done;
}

function checkFiles({ files, problems: unread }: Read): Checked {
  const sorted = sortedFiles(files);
  const loaded = loadFiles(sorted);
  const problems = [...unread, ...loaded.problems];
  const origins = new Set(loaded.detections.map(({ plan }) => plan.origin.file));
  const rest = sorted.detections.filter(({ path }) => !origins.has(path));
  const refused = rest
    .map(({ path }) => ({
      file: path,
      rules: errorsOf(path, problems).map(({ rule }) => rule ?? generalRule),
    }))
    .filter(({ rules }) => rules.length > 0);
  const taken = new Set([...origins, ...refused.map(({ file }) => file)]);
  return {
    compiled: loaded.detections.map(({ plan }) => plan.id),
    refused,
    skipped: files.map(({ path }) => path).filter((path) => !taken.has(path)),
    problems,
    texts: new Map(files.map(({ path, text }) => [path, text])),
  };
}

/** The errors that refuse a file: those in it, and those in the macros that it calls. */
const errorsOf = (path: string, problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(
    ({ severity, file, message }) =>
      severity === 'error' && (file === path || message.includes(` called at ${path}:`)),
  );
