import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { conversionNames } from '../../src/detection/frontends/splunk/lower/lower-convert.ts';
import {
  namedStatistic,
  statisticNames,
} from '../../src/detection/frontends/splunk/lower/statistic-names.ts';
import { supportedCommands } from '../../src/detection/frontends/splunk/lower/supported-commands.ts';
import { commandNames } from '../../src/detection/frontends/splunk/spl/command-parsers.ts';
import { refusedCommands } from '../../src/detection/frontends/splunk/spl/refused-commands.ts';
import { defaultLimits } from '../../src/detection/operators/limits.ts';
import { calcFunctions } from '../../src/detection/plan/calc-functions.ts';
import { statistics } from '../../src/detection/plan/statistics.ts';
import { hecEvent } from '../../src/exporters/splunk-hec/hec-event.ts';
import { detectionSchema } from '../../src/processors/detection/config.ts';
import { logRecord, noResource } from '../../src/record/record.ts';
import { code, table, type Cells } from './markdown-table.ts';
import { optionsTable } from './options-table.ts';

/** The parts of docs/splunk.md that are made of the code, by the names of their markers. */
export const sections: Readonly<Record<string, () => string>> = {
  example: () => yamlOf('examples/escu.yaml'),
  hec: () => yamlOf('examples/splunk-hec.yaml'),
  risk: () => table(['field', 'from'], riskRows()),
  options: () => optionsTable(detectionSchema),
  commands: commandsText,
  statistics: () => table(['statistic', 'what it is of a group of rows'], statisticRows()),
  functions: functionsText,
  refused: () => table(['commands', 'why, and the way round'], refusedRows()),
  limits: () => table(['limit', 'of'], limitRows),
};

const yamlOf = (path: string): string => `\`\`\`yaml\n${readFileSync(path, 'utf8')}\`\`\``;

const codes = (texts: readonly string[]): string => texts.map(code).join(' ');

function commandsText(): string {
  const others = [...commandNames].filter(([written, name]) => written !== name);
  return [
    table(
      ['command'],
      Object.values(supportedCommands).map((usage) => [code(usage)]),
    ),
    ...others.map(([written, name]) => `${code(written)} is ${code(name)}.`),
  ].join('\n\n');
}

function statisticRows(): readonly Cells[] {
  const byMeaning = new Map<string, string[]>();
  for (const name of statisticNames) {
    const of = namedStatistic(name.replace('<N>', '95'))?.of;
    if (of === undefined) throw new Error(`"${name}" is listed and is no statistic`);
    byMeaning.set(statistics[of], [...(byMeaning.get(statistics[of]) ?? []), name]);
  }
  return Array.from(byMeaning, ([meaning, names]) => [codes(names), meaning]);
}

function functionsText(): string {
  const usages = Object.values(calcFunctions).map(({ usage }) => usage);
  const functions = usages.filter((usage) => usage.includes('('));
  const operators = usages.filter((usage) => !usage.includes('('));
  return [
    `Operators, with Splunk's precedence: ${codes(operators)}, and \`a LIKE b\`, \`a IN (b, c)\`.`,
    codes(functions),
    `\`convert\` knows ${codes(conversionNames)}.`,
  ].join('\n\n');
}

function refusedRows(): readonly Cells[] {
  const byReason = new Map<string, string[]>();
  for (const [name, reason] of refusedCommands) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  return Array.from(byReason, ([reason, names]) => [codes(names), reason.replaceAll('|', '\\|')]);
}

/**
 * A risk event whose every attribute holds its own name, so that a field shows which it comes from: in backticks where
 * the field puts words around it.
 */
const named = logRecord({
  observedTime: 0n,
  resource: noResource,
  eventName: 'riskpipe.risk_event',
  body: 'body',
  attributes: {
    ...Object.fromEntries(
      ['risk.object', 'risk.object.type', 'risk.score', 'risk.message'].map((name) => [name, name]),
    ),
    'security_rule.name': '`security_rule.name`',
    'security_rule.description': 'security_rule.description',
    'security_rule.ruleset.name': 'security_rule.ruleset.name',
    'threat.objects': [{ value: 'threat.objects: value', type: 'threat.objects: type' }],
    'threat.techniques': [{ id: 'threat.techniques: id' }],
    'threat.tactics': [{ id: 'threat.tactics: id' }],
    'riskpipe.annotations': { '<framework>': ['riskpipe.annotations'] },
  },
});

/** Fields whose values are made, not copied. */
const madeFields: readonly Cells[] = [
  ['`info_min_time`, `info_max_time`', '`finding.window.start`, `finding.window.end`, in epoch seconds'],
];

function riskRows(): readonly Cells[] {
  const metadata = { source: undefined, sourcetype: undefined, index: undefined };
  const { source, fields } = hecEventSchema.parse(JSON.parse(hecEvent(named, metadata)));
  const ours = new Set(Object.keys(named.attributes));
  const splunk = Object.entries(fields).filter(
    ([name]) => !ours.has(name) && !name.startsWith('otel.') && !name.startsWith('riskpipe.'),
  );
  const copied = splunk.map(([name, from]) => [code(name), [from].flat().map(origin).join(', ')]);
  return [
    ['`source`', `${origin(source)}, unless the option \`source\` says otherwise`],
    ...copied,
    ...madeFields,
  ];
}

const hecEventSchema = z.object({
  source: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
});

const origin = (from: string | number): string =>
  String(from).includes('`') ? String(from) : code(String(from));

const amount = (count: number): string => count.toLocaleString('en');

const limitRows: readonly Cells[] = [
  [
    amount(defaultLimits.groups),
    'groups of a detection in one window. Streaming: what comes beyond still leaves, and repeats are no longer removed; under a condition it counts in one group together. Scheduled: rows beyond are counted together, or left out if the search needs them one by one',
  ],
  [amount(defaultLimits.combinations), 'groups that one event counts in'],
  [amount(defaultLimits.values), 'distinct values of one statistic of one group'],
];
