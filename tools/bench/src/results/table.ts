import { SUBJECT_NAMES, type SubjectName, subjectOf } from '../subjects/subjects.js';
import type { ScenarioResult } from '../scale/measure-scenario.js';
import { againstTable } from '../against/against-table.js';
import { followUpTable } from './follow-up-table.js';
import { inputsTable } from '../model/inputs-table.js';
import type { Findings, Latency } from './findings.js';
import { markdownTable } from './markdown.js';
import { priorityTable } from './priority-table.js';
import { networkTable } from './network-table.js';
import { profileTables } from './profile-tables.js';
import { refusedTable } from './refused-table.js';
import { spreadOf } from './statistics.js';
import { wakeUpTable } from './wake-up-table.js';
import type { SubjectResults } from '../rounds/run-rounds.js';

/** The results as lines of Markdown: tables of all subjects and of the effects of size, and the other measurements. */
export function tableOf(findings: Findings): string[] {
  const { subjects, scale, wakeUpCost, followUpCost, network, priorityLatency, refused } = findings;
  const { profile, capacity, against } = findings;
  const rows = SUBJECT_NAMES.flatMap((name) => {
    const results = subjects.get(name);
    return results === undefined ? [] : [rowOf(name, results)];
  });
  return [
    ...markdownTable(HEAD, rows),
    ...markdownTable(SCALE_HEAD, scale.map(scaleRowOf)),
    ...afterEmptyLine(linesOf(findings)),
    ...afterEmptyLine(followUpTable(followUpCost)),
    ...afterEmptyLine(wakeUpTable({ wakeUpCost })),
    ...networkTable(network),
    ...afterEmptyLine(priorityTable(priorityLatency)),
    ...afterEmptyLine(refusedTable({ refused })),
    ...(profile === null ? [] : profileTables(profile)),
    ...(capacity === null ? [] : inputsTable(capacity)),
    ...(against === null ? [] : againstTable(against)),
  ];
}

/** Lists and tables need an empty line before them. */
function afterEmptyLine(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function linesOf(findings: Findings): string[] {
  const { latencyMs, mergedLatencyMs, wokenLatencyMs, faults } = findings;
  return [
    ...latencyLine('Commit of a row to arrival of its message', latencyMs),
    ...latencyLine('Commit of a merged target to arrival, through comms-monitor', mergedLatencyMs),
    ...latencyLine('Commit of a row to arrival of its message, with wake-up', wokenLatencyMs),
    ...costLines(findings),
    ...faults.map((fault) => `- FAILED: ${fault}`),
  ];
}

function costLines({ burst, idle, startMs }: Findings): string[] {
  const lines: string[] = [];
  if (burst !== null) {
    const { burst: rate, steady } = burst;
    lines.push(
      `- A burst of 5,000 rows after idling: ${whole(rate)} rows/s; a backlog: ${whole(steady)} rows/s.`,
    );
  }
  if (idle !== null) {
    const { cpuPercent, transactionsPerBeat } = idle;
    const transactions = `${transactionsPerBeat.toFixed(1)} transactions per beat`;
    lines.push(`- An idle daemon: ${cpuPercent?.toFixed(1) ?? '?'} % of a core, ${transactions}.`);
  }
  if (startMs !== null) {
    const { wall, cpu } = startMs;
    const cost = `${cpu === null ? '?' : ms(cpu)} of processor time`;
    lines.push(`- From the start of a daemon to the message of a row that waits: ${ms(wall)}, ${cost}.`);
  }
  return lines;
}

function latencyLine(what: string, latency: Latency | null): string[] {
  return latency === null ? [] : [`- ${what}: p50 ${ms(latency.p50)}, p99 ${ms(latency.p99)}.`];
}

const HEAD = ['subject', 'what it is', 'rows/s', 'min–max', 'peak RSS MiB', 'CPU ms/1,000 rows', 'of all'];

function rowOf(name: SubjectName, { rounds, faults }: SubjectResults): string[] {
  const { title } = subjectOf(name);
  if (faults.length > 0)
    return [name, title, 'FAILED', `${faults.length} of ${faults.length + rounds.length}`, '', '', ''];
  const rates = spread(rounds.map(({ rowsPerSecond }) => rowsPerSecond));
  const rss = spread(rounds.flatMap(({ peakRssMb }) => peakRssMb ?? []));
  const cpu = spread(rounds.flatMap(({ cpuMsPer1000 }) => cpuMsPer1000 ?? []));
  const machine = spread(rounds.map(({ machineMsPer1000 }) => machineMsPer1000));
  const range = rates === null ? '' : `${whole(rates.min)}–${whole(rates.max)}`;
  return [
    name,
    title,
    whole(rates?.median),
    range,
    whole(rss?.max),
    whole(cpu?.median),
    whole(machine?.median),
  ];
}

function spread(values: readonly number[]) {
  const [first, ...others] = values;
  return first === undefined ? null : spreadOf([first, ...others]);
}

function whole(value: number | undefined): string {
  return value === undefined ? '' : Math.round(value).toLocaleString('en');
}

function ms(value: number): string {
  return `${whole(value)} ms`;
}

const SCALE_HEAD = ['scenario', 'rows', 'rows/s', 'first tenth', 'last tenth', 'peak RSS MiB'];

function scaleRowOf({ scenario, ...result }: ScenarioResult): string[] {
  const { rowsPerSecond, firstTenth, lastTenth, peakRssMb } = result;
  const figures = [scenario.rows, rowsPerSecond, firstTenth, lastTenth, peakRssMb ?? undefined];
  return [scenario.title, ...figures.map(whole)];
}
