import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { metrics } from '../../src/service/telemetry/metric-catalog.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { freePorts } from './free-ports.ts';
import type { Program } from './process.ts';
import { statusOf } from './status.ts';
import { until } from './until.ts';
import { Workspace } from './workspace.ts';

const namePattern = /\b(?:otelcol|riskpipe)_[a-z_]+/g;

/** What a scrape tells: by name and labels, the value. */
type Scrape = ReadonlyMap<string, number>;

async function scrape(port: number): Promise<Scrape> {
  const text = await (await fetch(`http://localhost:${port}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

const accepted = 'otelcol_receiver_accepted_log_records{receiver="file_log",transport="file"}';

/** The first scrape after all that `writer` has written was accepted, and that `isEnough`. */
async function scrapeUntil(
  port: number,
  writer: AuditWriter,
  isEnough: (told: Scrape) => boolean = () => true,
): Promise<Scrape> {
  let told: Scrape = new Map();
  return until(
    async () => {
      told = await scrape(port);
      return told.get(accepted) === writer.lines && isEnough(told) && told;
    },
    () =>
      `a scrape that tells of ${writer.lines} lines and all else; the last one: ${JSON.stringify([...told])}`,
  );
}

const namesIn = (told: Scrape): ReadonlySet<string> =>
  new Set([...told.keys()].map((series) => series.replace(/\{.*/, '')));

interface Scene {
  readonly workspace: Workspace;
  readonly writer: AuditWriter;
  readonly config: string;
  readonly program: Program;
}

/** A program with these options of `service.telemetry.metrics`, whose backend answers with `status`. */
async function scene(options: object, status = 401): Promise<Scene> {
  const workspace = new Workspace();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(6, Date.now()));
  writer.write(500);
  const telemetry = { logs: { encoding: 'json' }, metrics: options };
  const backend = await workspace.backend(() => ({ status }));
  const config = workspace.configure(backend.endpoint, {
    processor: { incidents: { risk_threshold: {} } },
    service: { telemetry, shutdown_timeout: '1s' },
  });
  return { workspace, writer, config, program: await workspace.run(config) };
}

const pulledAt = (port: number): object => ({ pull: { exporter: { prometheus: { port } } } });

test('every metric of the catalog is told by a process, no other one is, and they say what "status" says', async () => {
  const [port = 0] = await freePorts(1);
  const { workspace, writer, config, program } = await scene({ readers: [pulledAt(port)] });
  await program.says(/metrics are shown on/);
  const told = await scrapeUntil(port, writer, (found) => {
    const names = namesIn(found);
    return Object.keys(metrics).every((name) => names.has(name));
  });
  expect(namesIn(told)).toEqual(new Set(['target_info', ...Object.keys(metrics)]));
  const items = '{processor="logs:detection",otel_signal="logs"}';
  expect(told.get(`otelcol_processor_incoming_items${items}`)).toBe(writer.lines);
  expect(told.get('riskpipe_component_trouble{component="otlp_http"}')).toBe(1);
  const { status } = await statusOf(config, workspace.directory);
  expect(told.get('otelcol_exporter_queue_size{exporter="otlp_http",data_type="logs"}')).toBe(
    status.exporters['otlp_http']?.['queued'],
  );
  expect(told.get(`otelcol_processor_outgoing_items${items}`)).toBe(
    status.exporters['otlp_http']?.['records'],
  );
  expect(told.get('riskpipe_accounts_hold')).toBe(1);
  expect(told.get(`riskpipe_file_lag_bytes{receiver="file_log",file="${writer.path}"}`)).toBe(0);
  program.signal('SIGTERM');
  expect(await program.ended(), program.stderr).toBe(0);
});

test('a level tells what is listed for it', async () => {
  const [port = 0] = await freePorts(1);
  const { writer, program } = await scene({ level: 'basic', readers: [pulledAt(port)] });
  await program.says(/metrics are shown on/);
  const basic = Object.entries(metrics).flatMap(([name, { level }]) => (level === 'basic' ? [name] : []));
  const told = await scrapeUntil(port, writer, (found) => basic.every((name) => namesIn(found).has(name)));
  expect(namesIn(told)).toEqual(new Set(['target_info', ...basic]));
});

test('metrics are pushed where a reader says so, the last of them at the end', async () => {
  const pushes: string[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = gunzipSync(await buffer(request)).toString('latin1');
    pushes.push(`${request.url} ${request.headers['content-type']} ${body}`);
    response.end();
  };
  const server = createServer((...exchange) => void take(...exchange)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const otlp = { protocol: 'http/protobuf', endpoint: `http://127.0.0.1:${port}` };
  const { program } = await scene({ readers: [{ periodic: { interval: 3_600_000, exporter: { otlp } } }] });
  await program.says(/metrics are sent to/);
  program.signal('SIGTERM');
  expect(await program.ended(), program.stderr).toBe(0);
  expect(pushes).toHaveLength(1);
  expect(pushes[0]).toMatch(/^\/v1\/metrics application\/x-protobuf /);
  expect(pushes[0]).toContain('otelcol_receiver_accepted_log_records');
});

test('at level none no port is opened, and a port that is taken keeps nobody from reading', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const reader = { pull: { exporter: { prometheus: { host: '127.0.0.1', port } } } };
  const none = await scene({ level: 'none', readers: [reader] }, 200);
  await none.program.says(/caught up/);
  expect(none.program.log.filter(({ msg }) => msg.includes('metrics'))).toEqual([]);
  const taken = await scene({ readers: [reader] }, 200);
  expect(await taken.program.says(/no metrics can be scraped/)).toContain('another program listens there');
  await taken.program.says(/caught up/);
});

for (const path of ['examples/prometheus-alerts.yaml', 'examples/grafana-dashboard.json']) {
  test(`${path} asks for nothing but metrics and labels that there are`, () => {
    // JSON is YAML.
    const expressions = expressionsIn(parse(readFileSync(path, 'utf8')));
    expect(expressions.length).toBeGreaterThan(10);
    const used = expressions.flatMap((expression) => expression.match(namePattern) ?? []);
    expect(used.filter((name) => !(name in metrics))).toEqual([]);
    const labels = new Set(['job', 'instance', ...Object.values(metrics).flatMap((metric) => metric.labels)]);
    const asked = expressions.flatMap((text) =>
      Array.from(text.matchAll(/(\w+)=~?"/g), ([, label = '']) => label),
    );
    expect(asked.filter((label) => !labels.has(label))).toEqual([]);
  });
}

test('the dashboard shows every metric that is ours, but for a few that are told by others', () => {
  const text = readFileSync('examples/grafana-dashboard.json', 'utf8');
  const shown = new Set(text.match(namePattern));
  expect(Object.keys(metrics).filter((name) => !shown.has(name))).toEqual([
    'otelcol_processor_incoming_items',
    'otelcol_processor_outgoing_items',
    'otelcol_exporter_enqueue_failed_log_records',
    'riskpipe_receiver_files',
    'riskpipe_detection_evaluated_lines',
  ]);
});

/** Every text under a key `expr`, however deep. */
function expressionsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'expr' && typeof value === 'string' ? [value] : expressionsIn(value),
  );
}
