import { describe, expect, test } from 'vitest';
import { logsUrl } from '../../../src/exporters/otlp-http/logs-url.ts';

describe('the logs URL of', () => {
  test.each([
    ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/logs'],
    ['http://127.0.0.1:4318/', 'http://127.0.0.1:4318/v1/logs'],
    ['https://backend/otlp', 'https://backend/otlp/v1/logs'],
    ['https://backend/otlp/', 'https://backend/otlp/v1/logs'],
    ['https://backend/otlp//', 'https://backend/otlp//v1/logs'],
    ['https://backend?tenant=1', 'https://backend/v1/logs?tenant=1'],
  ])('%s is %s', (base, url) => expect(logsUrl(base)).toBe(url));
});
