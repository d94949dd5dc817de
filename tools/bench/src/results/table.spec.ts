import { describe, expect, it } from '@jest/globals';
import { refusedAt, someFindings } from '../testing/some-findings.js';
import { tableOf } from './table.js';

describe('tableOf', () => {
  it('is aligned Markdown with one row per subject, always in the same order', () => {
    const [head = '', line = '', ...rows] = tableOf(someFindings({ rsa: [], plain: [900, 1_000, 1_100] }));

    expect(new Set([head, line, ...rows].map(({ length }) => length)).size).toBe(1);
    expect(line).toMatch(/^(\| -+ )+\|$/);
    expect(rows.map((row) => row.split('|').map((cell) => cell.trim()))).toEqual([
      ['', 'plain', 'push-to-handset, plain JSON', '1,000', '900–1,100', '102', '50', '140', ''],
      ['', 'rsa', 'push-to-handset, encrypted: RSA-OAEP-256', 'FAILED', '1 of 1', '', '', '', ''],
    ]);
  });

  it('reports the effect of size in its own table', () => {
    const scenario = { title: 'a backlog', rows: 1_000_000, messageBytes: 300, batchSize: 1_000 };
    const rates = { rowsPerSecond: 9_000, firstTenth: 9_100.4, lastTenth: 8_900, peakRssMb: null };

    expect(tableOf(someFindings({}, { scale: [{ scenario, ...rates }] }))).toEqual([
      '| scenario  | rows      | rows/s | first tenth | last tenth | peak RSS MiB |',
      '| --------- | --------- | ------ | ----------- | ---------- | ------------ |',
      '| a backlog | 1,000,000 | 9,000  | 9,100       | 8,900      |              |',
    ]);
  });

  it('reports what wake-up costs those who insert rows', () => {
    const flat = (rate: number) => ({ median: rate, min: rate, max: rate });
    const cost = { without: flat(1_000), with: flat(870) };
    const wakeUpCost = { oneSession: cost, eightSessions: cost, thousandRows: cost };

    const [blank, head, , ...rows] = tableOf(someFindings({}, { wakeUpCost }));

    expect(blank).toBe('');
    expect(head).toMatch(
      /^\| rows at `D` inserted by +\| rows\/s without triggers \| rows\/s with triggers \| ratio +\|$/,
    );
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^\| single rows, 1 session +\| 1,000 +\| 870 +\| 0\.87 +\|$/);
  });

  it('reports the rates of rows that a broker refuses', () => {
    const [blank, head, , first, ...others] = tableOf(someFindings({}, { refused: refusedAt(5_000.4) }));

    expect(blank).toBe('');
    expect(head).toMatch(/^\| a scripted broker refuses +\| rows\/s \| min–max +\|$/);
    expect(first).toMatch(/^\| each row +\| 5,000 +\| 5,000–5,000 +\|$/);
    expect(others).toHaveLength(4);
  });

  it('reports the inputs of the model of docs/scale.md', () => {
    const capacity = { j: { median: 1_650.4, min: 1_640, max: 1_700 } };

    expect(tableOf(someFindings({}, { capacity })).at(-1)).toMatch(
      /^\| `j` +\| bytes that .* \| 1,650 +\| 1,640–1,700 +\| `brokerCosts` +\|$/,
    );
  });

  it('reports latency, idle cost, a start and faults', () => {
    const lines = tableOf(
      someFindings(
        {},
        {
          latencyMs: { p50: 512, p99: 1_013 },
          wokenLatencyMs: { p50: 4, p99: 20 },
          idle: { cpuPercent: 0.63, transactionsPerBeat: 1 },
          startMs: { wall: 1_512, cpu: 700 },
          faults: ['idle: gone'],
        },
      ),
    );

    expect(lines).toEqual([
      '',
      '- Commit of a row to arrival of its message: p50 512 ms, p99 1,013 ms.',
      '- Commit of a row to arrival of its message, with wake-up: p50 4 ms, p99 20 ms.',
      '- An idle daemon: 0.6 % of a core, 1.0 transactions per beat.',
      '- From the start of a daemon to the message of a row that waits: 1,512 ms, 700 ms of processor time.',
      '- FAILED: idle: gone',
    ]);
  });
});
