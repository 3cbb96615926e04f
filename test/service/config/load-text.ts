import type { Config } from '../../../src/service/config/config.ts';
import { loadConfig } from '../../../src/service/config/load-config.ts';
import { ConfigError, formatProblem } from '../../../src/util/problem.ts';
import { components } from './fake-components.ts';

interface Around {
  readonly sets?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Further `--config` files, by name. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Loads `text` as the file `c.yaml`, in the working directory `/srv`. */
export async function loadText(text: string, around: Around = {}): Promise<Config> {
  const { sets = [], environment = {}, more = {} } = around;
  const files = [{ file: 'c.yaml', text }, ...Object.entries(more).map(([file, of]) => ({ file, text: of }))];
  return loadConfig(files, sets, environment, components, '/srv');
}

/** What is said about `text`: of the error if it is wrong, else the warnings. */
export async function problemsOf(text: string, around: Around = {}): Promise<string[]> {
  try {
    return (await loadText(text, around)).warnings.map(formatProblem);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(formatProblem);
    throw error;
  }
}

/** A right configuration that uses all kinds of components. */
export const valid = `receivers:
  file_log:
    include: [/var/log/audit.log]
    start_at: beginning
processors:
  detection:
    detections: [detections/*.yaml]
exporters:
  otlp_http:
    endpoint: http://127.0.0.1:4318
    headers: {authorization: Bearer hunter2}
    sending_queue: {storage: file_storage}
extensions:
  file_storage: {directory: /var/lib/riskpipe}
service:
  extensions: [file_storage]
  pipelines:
    logs: {receivers: [file_log], processors: [detection], exporters: [otlp_http]}
`;
