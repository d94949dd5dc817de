import { writeFile } from 'node:fs/promises';
import { repositoryPath } from '@comms/end-to-end';
import { chartOf } from './chart.js';
import type { Findings } from './findings.js';

/** Draws docs/performance.svg. */
export async function drawChart(findings: Findings, captions: readonly string[]): Promise<void> {
  await writeFile(repositoryPath('docs/performance.svg'), chartOf(findings, captions));
}
