import { readFile, writeFile } from 'node:fs/promises';
import { repositoryPath } from '@comms/end-to-end';
import { chartOf } from './chart.js';
import type { Findings } from './findings.js';
import { putSection } from './put-section.js';
import { summaryOf } from './summary.js';
import { tableOf } from './table.js';
import { targetsTable } from './targets.js';

const MANUAL = repositoryPath('docs/performance.md');
const CHART = repositoryPath('docs/performance.svg');

/** Puts what was measured into docs/performance.md, and draws docs/performance.svg where there were rounds. */
export async function writeDocuments(findings: Findings, captions: readonly string[]): Promise<void> {
  const lines = [...captions.map((caption) => `- ${caption}`), '', ...tableOf(findings)];
  if (findings.profile !== null) return write('profile', lines);
  if (findings.scale.length > 0) return write('scale', lines);
  await write('figures', [...lines, '', ...targetsTable(summaryOf(findings))]);
  await writeFile(CHART, chartOf(findings, captions));
}

async function write(section: string, lines: readonly string[]): Promise<void> {
  await writeFile(MANUAL, putSection(await readFile(MANUAL, 'utf8'), section, lines));
}
