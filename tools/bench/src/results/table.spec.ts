import { describe, expect, it } from '@jest/globals';
import { someFindings } from '../testing/some-findings.js';
import { tableOf } from './table.js';

describe('tableOf', () => {
  it('is aligned Markdown with a row a subject, in one order', () => {
    const [head = '', line = '', ...rows] = tableOf(someFindings({ rsa: [], plain: [900, 1_000, 1_100] }));

    expect(new Set([head, line, ...rows].map(({ length }) => length)).size).toBe(1);
    expect(line).toMatch(/^(\| -+ )+\|$/);
    expect(rows.map((row) => row.split('|').map((cell) => cell.trim()))).toEqual([
      ['', 'plain', 'push-to-handset, plain JSON', '1,000', '900–1,100', '102', '50', ''],
      ['', 'rsa', 'push-to-handset, encrypted: RSA-OAEP-256', 'FAILED', '1 of 1', '', '', ''],
    ]);
  });

  it('tells latency, idle cost and faults', () => {
    const lines = tableOf(
      someFindings(
        {},
        {
          latencyMs: { p50: 512, p99: 1_013 },
          idle: { cpuPercent: 0.63, transactionsABeat: 1 },
          faults: ['idle: gone'],
        },
      ),
    );

    expect(lines).toEqual([
      'Commit of a row to arrival of its message: p50 512 ms, p99 1,013 ms.',
      'An idle daemon: 0.6 % of a core, 1.0 transactions a beat.',
      'FAILED: idle: gone',
    ]);
  });
});
