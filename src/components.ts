import type { ComponentEntry } from './pipeline/registry.ts';

/** Every component of this build. Its code is loaded when a configuration uses it. */
export const components: readonly ComponentEntry[] = [
  {
    kind: 'receiver',
    type: 'file_log',
    aliases: ['filelog'],
    load: async () => (await import('./receivers/file-log.ts')).fileLog,
  },
  {
    kind: 'receiver',
    type: 'otlp',
    aliases: [],
    load: async () => (await import('./receivers/otlp.ts')).otlp,
  },
  {
    kind: 'receiver',
    type: 'kubernetes_audit',
    aliases: [],
    load: async () => (await import('./receivers/kubernetes-audit.ts')).kubernetesAudit,
  },
  {
    kind: 'receiver',
    type: 'http',
    aliases: [],
    load: async () => (await import('./receivers/http.ts')).http,
  },
  {
    kind: 'processor',
    type: 'detection',
    aliases: [],
    load: async () => (await import('./processors/detection.ts')).detection,
  },
  {
    kind: 'exporter',
    type: 'otlp_http',
    aliases: ['otlphttp'],
    load: async () => (await import('./exporters/otlp-http.ts')).otlpHttp,
  },
  {
    kind: 'exporter',
    type: 'splunk_hec',
    aliases: [],
    load: async () => (await import('./exporters/splunk-hec.ts')).splunkHec,
  },
  {
    kind: 'exporter',
    type: 'otlp_grpc',
    aliases: ['otlp'],
    load: async () => (await import('./exporters/otlp-grpc.ts')).otlpGrpc,
  },
  {
    kind: 'exporter',
    type: 'debug',
    aliases: [],
    load: async () => (await import('./exporters/debug.ts')).debug,
  },
  {
    kind: 'exporter',
    type: 'file',
    aliases: [],
    load: async () => (await import('./exporters/file.ts')).file,
  },
  { kind: 'exporter', type: 'nop', aliases: [], load: async () => (await import('./exporters/nop.ts')).nop },
  {
    kind: 'extension',
    type: 'file_storage',
    aliases: [],
    load: async () => (await import('./extensions/file-storage.ts')).fileStorage,
  },
  {
    kind: 'extension',
    type: 'health_check',
    aliases: [],
    load: async () => (await import('./extensions/health-check.ts')).healthCheck,
  },
  {
    kind: 'extension',
    type: 'pprof',
    aliases: [],
    load: async () => (await import('./extensions/pprof.ts')).pprof,
  },
  {
    kind: 'extension',
    type: 'zpages',
    aliases: [],
    load: async () => (await import('./extensions/zpages.ts')).zpages,
  },
];
