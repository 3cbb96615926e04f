import { loadDetections } from '../../src/detection/load.ts';
import type { Plan } from '../../src/detection/plan/plan.ts';

const detections = {
  'removed.yaml': `
detection: removed
title: Something was removed
where: { verb: delete }
group_by: [{ field: user.username, as: user }]
window: { every: 10m, lateness: 2m }
measures: { count: count() }
risk: { message: 'removed by {user}', objects: [{ field: user, type: user, score: 20 }] }
`,
  // Urgent: it leaves through the other queue.
  'entered.yaml': `
detection: entered
title: A container was entered
where: { verb: connect }
group_by: [{ field: user.username, as: user }]
window: { every: 10m, lateness: 2m }
measures: { count: count() }
risk: { message: '{user} entered', objects: [{ field: user, type: user, score: 80 }] }
`,
  'refused.yaml': `
detection: refused
title: Many refused requests
where: { verb: get, 'responseStatus.code': 403 }
group_by: [{ field: user.username, as: user }]
window: { every: 10m, lateness: 2m }
measures: { count: count() }
having: { count: { at_least: 3 } }
risk: { message: '{user} was refused', objects: [{ field: user, type: user, score: 40 }] }
`,
};

/** Three detections, of which two find single lines, each of its own user, and one counts. */
export const simulatedPlans: readonly Plan[] = plansOf();

function plansOf(): readonly Plan[] {
  const files = Object.entries(detections).map(([path, text]) => ({ path, text }));
  const none = { allowlists: [], macros: [], deployments: [], lookups: [] };
  const { detections: compiled, problems } = loadDetections(
    { detections: files, ...none },
    {
      mode: 'streaming',
      overrides: {},
      define: {},
      missingLookup: 'error',
      written: { file: '', overrides: '', define: '' },
    },
  );
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`a simulated detection is wrong: ${JSON.stringify(errors)}`);
  return compiled.map(({ plan }) => plan);
}
