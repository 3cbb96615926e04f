import type { TestProject } from 'vitest/node';
import { goTool } from './go-tool.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of Helm's binary; empty if there is none. */
    helm: string;
  }
}

/** Run once by vitest before the tests: builds Helm, or takes the one that an earlier run has built. */
export function setup(project: TestProject): void {
  project.provide('helm', goTool({ path: 'helm.sh/helm/v3/cmd/helm', version: 'v3.18.6' }));
}
