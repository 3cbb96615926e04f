/**
 * Who may import whom (design §2). A key is a folder of `src`, or one file of it; the longest key that fits a
 * file is its layer. A layer may always import itself, and beside that only what is listed.
 *
 * `detection/finding.ts` and the like are contracts: files that lie in `detection/` for the reader's sake and
 * that its subfolders may know, while they may not know the engine that drives them.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  util: [],
  record: ['util'],
  store: ['record', 'util'],
  pipeline: ['store', 'record', 'util'],
  otlp: ['record', 'util'],
  net: ['record', 'util'],
  envelope: ['record', 'util'],
  // What receivers have in common that others post to.
  webhook: ['pipeline', 'net', 'store', 'record', 'util'],

  'detection/plan': ['record', 'util'],
  'detection/finding.ts': ['detection/plan', 'record'],
  'detection/output.ts': ['detection/finding.ts', 'record'],
  'detection/reference.ts': [],
  'detection/provenance.ts': ['record'],
  'detection/attack.ts': ['detection/plan', 'detection/attack-techniques.ts'],
  'detection/attack-techniques.ts': [],
  'detection/bounded.ts': ['record', 'util'],
  'detection/scan': ['detection/plan', 'record', 'util'],
  'detection/frontends': ['detection/plan', 'detection/attack.ts', 'record', 'util'],
  'detection/operators': [
    'detection/plan',
    'detection/finding.ts',
    'detection/output.ts',
    'detection/bounded.ts',
    'detection/reference.ts',
    'detection/provenance.ts',
    'record',
    'store',
    'util',
  ],
  'detection/references': ['detection/reference.ts', 'detection/frontends', 'record', 'util'],
  'detection/kubernetes': ['detection/bounded.ts', 'record', 'util'],
  'detection/risk': [
    'detection/plan',
    'detection/finding.ts',
    'detection/bounded.ts',
    'detection/kubernetes',
    'record',
    'util',
  ],
  detection: [
    'detection/plan',
    'detection/finding.ts',
    'detection/output.ts',
    'detection/attack.ts',
    'detection/bounded.ts',
    'detection/reference.ts',
    'detection/provenance.ts',
    'detection/references',
    'detection/frontends',
    'detection/operators',
    'detection/scan',
    'detection/kubernetes',
    'detection/risk',
    'record',
    'store',
    'util',
  ],

  receivers: ['webhook', 'envelope', 'pipeline', 'record', 'store', 'otlp', 'net', 'util'],
  exporters: ['pipeline', 'record', 'store', 'otlp', 'net', 'util'],
  extensions: ['pipeline', 'record', 'store', 'otlp', 'net', 'util'],
  // They introduce the detection to the pipeline: the only layer that knows both.
  processors: [
    'detection',
    'detection/plan',
    'detection/finding.ts',
    'detection/output.ts',
    'detection/reference.ts',
    'detection/provenance.ts',
    'detection/references',
    'detection/frontends',
    'detection/kubernetes',
    'detection/risk',
    'pipeline',
    'record',
    'store',
    'otlp',
    'util',
  ],
  service: ['pipeline', 'otlp', 'net', 'record', 'store', 'util'],

  // For programs of others: the detection without a pipeline.
  library: [
    'detection',
    'detection/finding.ts',
    'detection/output.ts',
    'detection/kubernetes',
    'detection/risk',
    'record',
    'store',
    'util',
  ],

  'components.ts': ['receivers', 'processors', 'exporters', 'extensions', 'pipeline'],
  commands: ['*'],
  // The program of a thread: it introduces the reading of files to the scanner of detections.
  'scan-worker.ts': ['receivers', 'detection', 'util'],
  'main.ts': ['*'],
};

/** Layers whose parts (a file, and the folder of the same name) may not import each other. */
export const independent: readonly string[] = ['receivers', 'processors', 'exporters', 'extensions'];

/** Packages that only some layers may import: a prefix of the package's name, and those layers. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  '@opentelemetry/': ['otlp'],
  chokidar: ['receivers'],
  'classic-level': ['store'],
  commander: ['commands'],
  pino: ['service'],
};
