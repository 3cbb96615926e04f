import type { AllowEntry, Plan } from '../../../../src/detection/plan/plan.ts';
import { anyOf } from '../../../../src/detection/plan/combine.ts';
import { nativeFrontend } from '../../../../src/detection/frontends/native/native.ts';
import { loadContent } from '../../../../src/detection/frontends/splunk/load-content.ts';

export const entry: AllowEntry = {
  allowlist: 'kube_allowed_images',
  index: 0,
  where: anyOf([]),
  owner: 'o',
  reason: 'r',
  expires: undefined,
};
const noContent = {
  splunk: loadContent({
    macros: [],
    deployments: [],
    lookups: [],
    define: {},
    definedAt: 'macros.define',
    missingLookup: 'error',
  }).content,
};
const allowlists = new Map([['kube_allowed_images', [entry]]]);

/** Compiles a detection file that knows one allowlist. */
export const compile = (
  text: string,
  mode: Plan['mode'] = 'streaming',
): ReturnType<typeof nativeFrontend.compile> =>
  nativeFrontend.compile({ path: 'd.yaml', text }, { ...noContent, allowlists, mode, modeOf: () => mode });

/** The least that a detection needs, and one with groups. */
export const head = 'detection: d\ntitle: D\nwhere: {verb: get}\n';
export const grouped = `${head}window: {every: 1h}\ngroup_by: [user.username, {field: sourceIPs, as: ip, default: 0}]\nmeasures: {n: count()}\n`;
