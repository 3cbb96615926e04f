import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { version } from '../../record/own.ts';
import type { Problem } from '../../util/problem.ts';
import { generalRule, type Checked } from './checked.ts';

/** The result as SARIF 2.1.0 (OASIS), as code scanning services read it: one result a problem. */
export function checkSarif({ problems }: Checked): string {
  const rules = [...new Set(problems.map(ruleOf))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'riskpipe', version, rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => resultOf(problem, rules)),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

function resultOf(problem: Problem, rules: readonly string[]): object {
  const { severity, file, line, column, path, message } = problem;
  const rule = ruleOf(problem);
  const uri = isAbsolute(file) ? pathToFileURL(file).href : file.split('/').map(encodeURIComponent).join('/');
  const region = line > 0 ? { region: { startLine: line, startColumn: column } } : {};
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: severity,
    message: { text: path === '' ? message : `${path}: ${message}` },
    locations: file === '' ? [] : [{ physicalLocation: { artifactLocation: { uri }, ...region } }],
  };
}

const ruleOf = ({ rule }: Problem): string => rule ?? generalRule;
