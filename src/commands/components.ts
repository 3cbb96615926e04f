import { stringify } from 'yaml';
import { components } from '../components.ts';
import { version } from '../record/own.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';

/** Lists the component types of this build, as YAML like the Collector's `components`. */
export function listComponents(): ExitCode {
  const of = (kind: (typeof components)[number]['kind']): readonly object[] =>
    components
      .filter((entry) => entry.kind === kind)
      .map(({ type, aliases }) => (aliases.length === 0 ? { name: type } : { name: type, aliases }));
  process.stdout.write(
    stringify({
      buildinfo: { command: 'riskpipe', version },
      receivers: of('receiver'),
      processors: of('processor'),
      exporters: of('exporter'),
      extensions: of('extension'),
    }),
  );
  return exitCode.done;
}
