import { readFile, writeFile } from 'node:fs/promises';
import { repositoryPath } from '@comms/kit';
import { figureInputs } from '../model/figure-inputs.js';
import { modelDocument } from '../model/model-document.js';
import { chartOf } from './chart.js';
import type { Findings } from './findings.js';
import { putSection } from './markdown.js';
import { summaryOf } from './summary.js';
import { tableOf } from './table.js';
import { targetsTable } from './targets.js';

const MANUAL = repositoryPath('docs/performance.md');
const MODEL = repositoryPath('docs/scale.md');
const CHART = repositoryPath('docs/performance.svg');

/**
 * Puts what was measured into docs/performance.md and docs/scale.md, and draws docs/performance.svg where there were
 * rounds.
 */
export async function writeDocuments(findings: Findings, captions: readonly string[]): Promise<void> {
  const setting = captions.map((caption) => `- ${caption}`);
  const lines = [...setting, '', ...tableOf(findings)];
  if (findings.profile !== null) return change(MANUAL, (text) => putSection(text, 'profile', lines));
  if (findings.network !== null) return change(MANUAL, (text) => putSection(text, 'network', lines));
  if (findings.scale.length > 0) return change(MANUAL, (text) => putSection(text, 'scale', lines));
  const { capacity } = findings;
  if (capacity !== null) {
    return change(MODEL, (text) => modelDocument(putSection(text, 'capacity', setting), capacity));
  }
  const figures = [...lines, '', ...targetsTable(summaryOf(findings))];
  await change(MANUAL, (text) => putSection(text, 'figures', figures));
  await change(MODEL, (text) => modelDocument(text, figureInputs(findings)));
  await writeFile(CHART, chartOf(findings, captions));
}

async function change(file: string, changed: (text: string) => string): Promise<void> {
  await writeFile(file, changed(await readFile(file, 'utf8')));
}
