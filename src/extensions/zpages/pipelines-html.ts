import type { HealthReport } from '../../pipeline/component.ts';
import type { PartView, PipelineView } from '../../pipeline/pipeline-view.ts';
import { printable } from '../../util/printable.ts';

/** The pipelines as one page of plain HTML: no scripts, nothing that is loaded, all text escaped. */
export function pipelinesHtml(health: HealthReport, pipelines: readonly PipelineView[]): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><title>riskpipe: pipelines</title>',
    '<style>body{font-family:sans-serif}td,th{text-align:left;padding:0 1em 0 0}</style></head><body>',
    `<p>${escaped(health.status)} since ${escaped(health.since)}</p>`,
    listOf(
      health.reasons.map(({ component, problem, since }) => `${component}: ${problem} (since ${since})`),
    ),
    ...pipelines.map(pipelineHtml),
    '</body></html>',
    '',
  ].join('\n');
}

function pipelineHtml({ id, receivers, processors, exporters }: PipelineView): string {
  return [
    `<h2>${escaped(id)}</h2>`,
    '<table>',
    ...receivers.map((part) => rowOf('receiver', part)),
    ...processors.map((part) => rowOf('processor', part)),
    ...exporters.map((part) => rowOf('exporter', part)),
    '</table>',
  ].join('\n');
}

function rowOf(kind: string, { id, counts }: PartView): string {
  const told = Object.entries(counts).map(([name, value]) => `${name} ${value}`);
  return `<tr><th>${kind}</th><td>${escaped(id)}</td><td>${escaped(told.join(', '))}</td></tr>`;
}

function listOf(texts: readonly string[]): string {
  if (texts.length === 0) return '';
  return `<ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
