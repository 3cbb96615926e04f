import { expect, test } from 'vitest';
import { explainEvent } from '../../src/detection/explain.ts';
import { formatExplanation } from '../../src/detection/explain/explanation.ts';
import type { Plan } from '../../src/detection/plan/plan.ts';
import { load } from './load-fixture.ts';

function planOf(text: string): Plan {
  const list =
    'allowlist: ours\nentries:\n' +
    '  - {where: {name: {glob: "*old*"}}, owner: o, reason: r, expires: 2026-01-01}\n' +
    '  - {where: {name: {glob: "*agent*"}}, owner: security, reason: our own}\n';
  const { detections, problems } = load({
    detections: [{ path: 'd', text }],
    allowlists: [{ path: 'l', text: list }],
  });
  expect(problems).toEqual([]);
  const [detection] = detections;
  if (detection === undefined) throw new Error('no detection');
  return detection.plan;
}

const explain = (plan: Plan, event: object): string =>
  formatExplanation(explainEvent(plan, JSON.stringify(event)) ?? []);

const head =
  'detection: d\ntitle: D\nallow: ours\nwhere: {message: {glob: "Pulling image*"}, any: [{verb: create}, {verb: patch}]}\n';
const plan = planOf(
  `${head}window: {every: 1h, offset: 50m, lateness: 10m}
group_by: [{field: user.username, as: user}, {field: uid, default: 0}]
risk: {message: m, objects: [{field: user, type: user, score: 20}]}
`,
);
const event = {
  verb: 'patch',
  message: 'Pulling image "evil\u001b[2J"',
  name: 'web-1',
  user: { username: 'n1' },
  stageTimestamp: '2026-03-10T13:00:00Z',
};

test('shows each test, the allowlist, groups, window and what leaves', () => {
  expect(explain(plan, event)).toMatchInlineSnapshot(`
    "where    all of                                                   yes
               message glob "Pulling image*"                          yes  Pulling image "evil\\u{1b}[2J"
               any of                                                 yes
                 verb is "create"                                     no   patch
                 verb is "patch"                                      yes  patch
    allow    ours[0] name glob "*old*", expired 2026-01-01T00:00:00Z  no   web-1
             ours[1] name glob "*agent*"                              no   web-1
    group    user = n1
             uid = 0 (default)
    window   2026-03-10T12:50:00Z to 2026-03-10T13:50:00Z, closes 2026-03-10T14:00:00Z
    result   finding at once: risk 20 for user n1
    "
  `);
});

test('shows the values that failed, and nothing that no longer matters', () => {
  expect(explain(plan, { ...event, verb: 'get', message: undefined })).toMatchInlineSnapshot(`
    "where    all of                           no
               message glob "Pulling image*"  no   (no such field)
               any of                         no
                 verb is "create"             no   get
                 verb is "patch"              no   get
    result   no finding: "where" does not hold
    "
  `);
});

test('names the entry that allows', () => {
  expect(explain(plan, { ...event, name: 'log-agent' })).toContain(
    'result   no finding: allowed by ours[1], our own (security)',
  );
});

test('an expired entry does not allow, and says since when', () => {
  const text = explain(plan, { ...event, name: 'old' });
  expect(text).toContain('expired 2026-01-01T00:00:00Z  no   old');
  expect(text).toContain('finding at once');
});

test.each([
  ['it has no "user.username" to group by', plan, { ...event, user: {} }],
  [
    'one event alone does not satisfy "having"',
    planOf(`${head}window: {sliding: 5m}\nmeasures: {n: count()}\nhaving: {n: {above: 5}}\n`),
    event,
  ],
])('without a finding it says why: %s', (why, given, about) => {
  expect(explain(given, about)).toContain(`no finding: ${why}`);
});

test.each([
  ['{sliding: 5m}', 'the 5m before 2026-03-10T13:00:00Z'],
  ['{session: 10m}', 'from 2026-03-10T13:00:00Z until the group is silent for 10m'],
])('the window %s reads: %s', (window, text) => {
  expect(explain(planOf(`${head}window: ${window}\n`), event)).toContain(`window   ${text}`);
});

test('a finding at the close of its window is announced as such', () => {
  expect(explain(planOf(`${head}window: {every: 1h}\nemit: close\n`), event)).toContain(
    'result   finding when its window closes',
  );
});

test('a text that is no event has no explanation', () => {
  expect(explainEvent(plan, 'klog: not JSON')).toBeUndefined();
});
