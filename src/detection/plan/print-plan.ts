import { stringify } from 'yaml';
import { formatTime } from '../../record/time.ts';
import { unreachable } from '../../util/assert.ts';
import { formatDuration } from '../../util/duration.ts';
import type { About, Aggregate, AllowEntry, Drilldown, Plan, Risk, Step, Window } from './plan.ts';
import { exprText, fieldText } from './print-expr.ts';
import { messageText } from './print-message.ts';
import { transformText } from './print-transform.ts';

/**
 * A plan as canonical YAML: fixed order of keys, nothing that is empty, nothing of where it was written.
 * `parsePlan` reads it back; plans that `normalisePlan` makes equal print equally (design §5).
 */
export function printPlan(plan: Plan): string {
  const { id, title, mode, about, where, steps, risk } = plan;
  return stringify(
    {
      id,
      title,
      mode,
      about: filled(aboutText(about)),
      where: exprText(where),
      steps: filled(steps.map(stepText)),
      risk: risk && riskText(risk),
    },
    { lineWidth: 0, blockQuote: false, aliasDuplicateObjects: false, keepUndefined: false },
  );
}

/** Empty texts, lists and maps are left out: `undefined` is not printed. */
const filled = <T extends object | string>(value: T): T | undefined =>
  (typeof value === 'string' ? value === '' : Object.values(value).every((item) => item === undefined))
    ? undefined
    : value;

function aboutText(about: About): Record<string, unknown> {
  const { uuid, version, status, description, references, attack, story, domain, license } = about;
  return {
    uuid: filled(uuid),
    version: filled(version),
    status: filled(status),
    description: filled(description),
    references: filled(references),
    attack: filled(
      attack.map(({ id, name, tactics }) => ({
        id,
        name: filled(name),
        tactics: filled(tactics.map((tactic) => ({ id: tactic.id, name: tactic.name }))),
      })),
    ),
    story: filled(story),
    domain: filled(domain),
    license: filled(license),
    annotations: filled(about.annotations),
    drilldowns: filled(about.drilldowns.map(drilldownText)),
    needs: about.needs && { resource: about.needs.resource, level: about.needs.level },
  };
}

const drilldownText = ({ name, search, earliest, latest }: Drilldown): object => ({
  name: messageText(name),
  search: messageText(search),
  earliest: messageText(earliest),
  latest: messageText(latest),
});

function stepText(step: Step): object {
  switch (step.kind) {
    case 'allow':
      return { allow: step.entries.map(entryText) };
    case 'aggregate':
      return { aggregate: aggregateText(step) };
    case 'having':
      return { having: exprText(step.where) };
    case 'transform':
      return { transform: transformText(step) };
    case 'suppress':
      return { suppress: { by: step.by, for: formatDuration(step.period) } };
    default:
      return unreachable(step);
  }
}

function entryText({ allowlist, index, where, owner, reason, expires }: AllowEntry): object {
  const until = expires === undefined ? undefined : formatTime(expires);
  return { allowlist, index, where: exprText(where), owner, reason, expires: until };
}

function aggregateText({ by, measures, window, emit }: Aggregate): object {
  return {
    by: filled(by.map(({ field, as, default: fill }) => ({ ...fieldText(field), as, default: fill }))),
    measures: filled(measures.map(({ as, of, field }) => ({ as, of, ...(field && fieldText(field)) }))),
    window: windowText(window),
    emit,
  };
}

function windowText(window: Window): object {
  const lateness = formatDuration(window.lateness);
  switch (window.kind) {
    case 'tumbling':
      return { every: formatDuration(window.every), offset: formatDuration(window.offset), lateness };
    case 'sliding':
      return { sliding: formatDuration(window.length), lateness };
    case 'session':
      return { session: formatDuration(window.gap), lateness };
    default:
      return unreachable(window);
  }
}

function riskText({ message, objects, threats }: Risk): object {
  return {
    message: messageText(message),
    objects: objects.map(({ field, type, score, impact, confidence }) => ({
      field,
      type,
      score,
      impact,
      confidence,
    })),
    threats: filled(threats.map(({ field, type }) => ({ field, type }))),
  };
}
