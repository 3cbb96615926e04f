import { expect, test } from 'vitest';
import { pipelineViews } from '../../src/service/pipeline-views.ts';

test('parts are shown in the order that records pass them, each with what is counted of it in this pipeline', () => {
  const pipelines = new Map([
    ['logs', { receivers: ['file_log'], processors: ['detection/a', 'detection'], exporters: ['nop'] }],
    ['logs/b', { receivers: ['file_log'], processors: ['detection'], exporters: ['nop'] }],
  ]);
  const of = (evaluated: number) => ({ lines: { evaluated }, detections: {}, allowlists: {}, incidents: {} });
  const report = {
    version: '1',
    receivers: { file_log: { lines: 9 } },
    processors: { 'logs:detection%2Fa': of(1), 'logs:detection': of(2), 'logs%2Fb:detection': of(3) },
    exporters: { nop: { records: 4 } },
  };
  const [receivers, exporters] = [
    [{ id: 'file_log', counts: { lines: 9 } }],
    [{ id: 'nop', counts: { records: 4 } }],
  ];
  expect(pipelineViews(pipelines, report)).toEqual([
    {
      id: 'logs',
      receivers,
      processors: [
        { id: 'detection/a', counts: { evaluated: 1 } },
        { id: 'detection', counts: { evaluated: 2 } },
      ],
      exporters,
    },
    { id: 'logs/b', receivers, processors: [{ id: 'detection', counts: { evaluated: 3 } }], exporters },
  ]);
});
