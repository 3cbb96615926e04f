import type { Extend, Stage, Statistic } from '../../../plan/transform.ts';
import { hasWildcard } from '../../../plan/wildcard-name.ts';
import { didYouMean } from '../../../../util/suggest.ts';
import type { Command, StatisticCall } from '../spl/ast.ts';
import { binColumn } from './lower-bin.ts';
import { lowerEvaluation } from './lower-evaluation.ts';
import type { Lowering } from './lowering.ts';
import { isMissingStatistic, namedStatistic, statisticNames } from './statistic-names.ts';

type StatsCommand = Extract<Command, { readonly name: 'stats' | 'eventstats' }>;

/** `stats` and `eventstats` (spec/spl.md §3.2); a BY field with a span is binned before. */
export function lowerStats(command: StatsCommand, lowering: Lowering): readonly Stage[] {
  const by = lowering.names(
    command.by.map(({ field }) => field),
    'behind "by"',
  );
  const measures = command.statistics.flatMap((call) => lowerStatistic(call, lowering) ?? []);
  checkOutputs(command, by, measures, lowering);
  const columns = command.by.flatMap(({ field, span }) =>
    span === undefined ? [] : [{ as: field.text, value: binColumn(field, span, lowering) }],
  );
  const bins: readonly Extend[] = columns.length === 0 ? [] : [{ kind: 'extend', columns }];
  const join = command.name === 'eventstats';
  return [...bins, { kind: 'stats', by, measures, join, distinct: command.dedupSplitvals }];
}

function lowerStatistic(call: StatisticCall, lowering: Lowering): Statistic | undefined {
  const { name, argument } = call;
  const named = namedStatistic(name.text);
  if (named === undefined) {
    const message = isMissingStatistic(name.text)
      ? `the statistic "${name.text}" is not supported`
      : `there is no statistic "${name.text}"${didYouMean(name.text, statisticNames)}`;
    lowering.error('unknown-function', name, message);
    return undefined;
  }
  if (argument === undefined && named.of !== 'count') {
    lowering.error('argument-count', call, `"${name.text}" takes a field, as in ${name.text}(field)`);
  }
  return { as: nameOf(call, lowering), ...named, value: valueOf(call, lowering) };
}

function valueOf(call: StatisticCall, lowering: Lowering): Statistic['value'] {
  const { argument } = call;
  if (argument === undefined) return undefined;
  if (argument.kind === 'field') {
    if (hasWildcard(argument.field.text)) {
      const message = `wildcards in a statistic are not supported; write "${call.name.text}" once for each field`;
      lowering.error('unsupported-option', argument.field, message);
      return undefined;
    }
    return { kind: 'column', name: lowering.name(argument.field) };
  }
  return lowerEvaluation(argument.value, lowering);
}

/** Unnamed it is called as it is written: `values(verb)`. */
function nameOf(call: StatisticCall, lowering: Lowering): string {
  const { name, argument, as } = call;
  if (as) return hasWildcard(as.text) && isWild(call) ? as.text : lowering.name(as);
  if (argument === undefined) return name.text;
  if (argument.kind === 'field') return `${name.text}(${argument.field.text})`;
  lowering.error('bad-value', call, `a statistic of "eval(...)" needs a name; write "as" and one behind it`);
  return name.text;
}

/** It has been complained about: `values(*) as *`. */
const isWild = ({ argument }: StatisticCall): boolean =>
  argument?.kind === 'field' && hasWildcard(argument.field.text);

/** Splunk refuses two statistics of one name, one named like a BY field, and two names for one statistic. */
function checkOutputs(
  { statistics, span }: StatsCommand,
  by: readonly string[],
  measures: readonly Statistic[],
  lowering: Lowering,
): void {
  if (measures.length < statistics.length) return;
  const names = new Set<string>();
  const written = new Map<string, string>();
  for (const [index, { as, of, value, percent }] of measures.entries()) {
    const place = statistics[index] ?? { span };
    if (names.has(as))
      lowering.error('bad-value', place, `two statistics are called "${as}"; name one of them with "as"`);
    if (by.includes(as)) {
      lowering.error(
        'bad-value',
        place,
        `"${as}" is a field behind "by" already; give the statistic another name`,
      );
    }
    const same = JSON.stringify([of, value, percent]);
    const other = written.get(same);
    if (other !== undefined && other !== as) {
      lowering.error(
        'bad-value',
        place,
        `this statistic is called "${other}" already; Splunk takes one name for it`,
      );
    }
    names.add(as);
    written.set(same, as);
  }
}
