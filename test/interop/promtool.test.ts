import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { AuditEvents } from '../e2e/audit-events.ts';
import { AuditWriter } from '../e2e/audit-writer.ts';
import { freePorts } from '../e2e/free-ports.ts';
import { Workspace } from '../e2e/workspace.ts';

const alerts = 'examples/prometheus-alerts.yaml';
const dashboard = 'examples/grafana-dashboard.json';

describe.skipIf(inject('promtool') === '')("Prometheus' promtool", () => {
  test('finds nothing wrong with the alert rules', () => {
    const { status, stdout, stderr } = promtool(['check', 'rules', '--lint-fatal', alerts]);
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/SUCCESS: 1\d rules found/);
  });

  test('can read every expression of the dashboard', () => {
    const found = readFileSync(dashboard, 'utf8').matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g);
    const rules = Array.from(found, ([, text = '']: RegExpMatchArray, index) => ({
      record: `panel:${index}`,
      // Variables of Grafana.
      expr: String(JSON.parse(text)).replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
    }));
    expect(rules.length).toBeGreaterThan(20);
    const file = new Workspace().write('dashboard.yaml', stringify({ groups: [{ name: 'panels', rules }] }));
    const { status, stdout, stderr } = promtool(['check', 'rules', file]);
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toContain(`SUCCESS: ${rules.length} rules found`);
  });

  test('sees the exporter alert that is in trouble and has records waiting, and no other', () => {
    const of = (labels: string): string => `{job="riskpipe",instance="node-1",${labels}}`;
    const series = [
      [`riskpipe_component_trouble${of('component="otlp_http"')}`, '1x30'],
      [`riskpipe_component_trouble${of('component="file_log"')}`, '1x30'],
      [`otelcol_exporter_queue_size${of('exporter="otlp_http"')}`, '7x30'],
      [`otelcol_exporter_queue_size${of('exporter="splunk_hec"')}`, '9x30'],
    ];
    const input_series = series.map(([name, values]) => ({ series: name, values }));
    const rule = ruleOf('RiskpipeExporterParked');
    const asked = { eval_time: '10m', alertname: rule.alert };
    const summary = 'otlp_http cannot deliver, and 7 records wait';
    const expected = {
      exp_labels: { severity: 'critical', component: 'otlp_http', instance: 'node-1' },
      exp_annotations: { ...rule.annotations, summary },
    };
    const { status, stdout, stderr } = tested(input_series, { ...asked, exp_alerts: [expected] });
    expect(status, stdout + stderr).toBe(0);
    expect(tested(input_series, { ...asked, exp_alerts: [] }).status).not.toBe(0);
  });

  test('can read what a running program shows', async () => {
    const workspace = new Workspace();
    const writer = new AuditWriter(workspace.logs, new AuditEvents(7, Date.now()));
    writer.write(300);
    const backend = await workspace.backend();
    const [port = 0] = await freePorts(1);
    const reader = { pull: { exporter: { prometheus: { host: '127.0.0.1', port } } } };
    const telemetry = { logs: { encoding: 'json' }, metrics: { level: 'detailed', readers: [reader] } };
    const program = await workspace.run(workspace.configure(backend.endpoint, { service: { telemetry } }));
    await program.says(/caught up/);
    const shown = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const { stdout, stderr } = promtool(['check', 'metrics'], shown);
    const complaints = (stdout + stderr).split('\n').filter((line) => line !== '');
    // The Collector's names have no such suffix, and ours follow them.
    const suffix = /counter metrics should have "_total" suffix$/;
    expect(complaints.filter((line) => !suffix.test(line))).toEqual([]);
    expect(complaints.length).toBeGreaterThan(5);
  });
});

const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(z.object({ alert: z.string(), annotations: z.record(z.string(), z.string()) })),
    }),
  ),
});

function ruleOf(name: string) {
  const { groups } = rules.parse(parse(readFileSync(alerts, 'utf8')));
  const found = groups.flatMap((group) => group.rules).find(({ alert }) => alert === name);
  if (found === undefined) throw new Error(`${alerts} has no ${name}`);
  return found;
}

/** Runs the rules over half an hour of series, a value a minute, and asks for one alert. */
function tested(input_series: readonly object[], asked: object) {
  const tests = [{ interval: '1m', input_series, alert_rule_test: [asked] }];
  const file = new Workspace().write('asked.yaml', stringify({ rule_files: [resolve(alerts)], tests }));
  return promtool(['test', 'rules', file]);
}

const promtool = (args: readonly string[], input = '') =>
  spawnSync(inject('promtool'), args, { encoding: 'utf8', input });
