import { stringify } from 'yaml';
import { formatDuration } from '../../util/duration.ts';
import type { Components, Config } from './config.ts';
import { redact } from './secret.ts';

/**
 * The configuration in effect as YAML: merged, substituted, under canonical names, without what is not used. Values
 * of headers, tokens, passwords and keys, and what may be one in a URL, are `[REDACTED]`. But for those it can be loaded again, with the same result.
 */
export function printConfig(config: Config): string {
  const tree = {
    receivers: rawOf(config.receivers),
    processors: rawOf(config.processors),
    exporters: rawOf(config.exporters),
    extensions: rawOf(config.extensions),
    service: {
      telemetry: config.telemetry,
      extensions: [...config.extensions.keys()],
      pipelines: Object.fromEntries(config.pipelines),
      shutdown_timeout: formatDuration(config.shutdownTimeoutMs),
    },
  };
  return stringify(escape(redact(tree, [])), { lineWidth: 0, aliasDuplicateObjects: false });
}

function rawOf(components: Components<unknown>): Record<string, unknown> {
  return Object.fromEntries([...components].map(([id, { raw }]) => [id, raw]));
}

/** Doubles `$` in texts where it would mean something when they are read again. */
function escape(value: unknown): unknown {
  if (typeof value === 'string') return /\$[${]/.test(value) ? value.replaceAll('$', '$$$$') : value;
  if (Array.isArray(value)) return value.map(escape);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escape(item)]));
}
