import type { Teardown } from '@comms/kit';
import { nodeProgram } from '@comms/test-servers';
import { runExtras } from './extras/run-extras.js';
import type { BenchOptions } from './parse-arguments.js';
import { NETWORK_PARTS, SCALE_PARTS } from './parts.js';
import type { Findings } from './results/findings.js';
import { describeSetting } from './results/describe-setting.js';
import { tableOf } from './results/table.js';
import { writeDocuments } from './results/write-documents.js';
import { measureSubject } from './rounds/measure-subject.js';
import { runRounds } from './rounds/run-rounds.js';
import { runScenarios } from './scale/run-scenarios.js';
import { openNetwork } from './network/network.js';
import { openServers, type Servers } from './servers/open-servers.js';
import { SUBJECT_NAMES, type SubjectName, subjectOf } from './subjects/subjects.js';

/** What all parts of the benchmark share. */
export interface BenchContext {
  /** Takes one line of progress. */
  readonly say: (line: string) => void;
  readonly teardown: Teardown;
  /** Aborted when the benchmark must end, with the reason. */
  readonly signal: AbortSignal;
}

/** The whole benchmark, except for its teardown. */
export async function runBench(options: BenchOptions, context: BenchContext): Promise<Findings> {
  const { say, teardown, signal } = context;
  const servers = await prepared(await openServers(teardown), options, teardown);
  signal.throwIfAborted();
  const measure = (name: SubjectName) => measureSubject(subjectOf(name), options, { servers, signal });
  const names = SUBJECT_NAMES.filter((name) => options.parts.includes(name));
  if (names.length > 0 || options.parts.some((part) => [...SCALE_PARTS, ...NETWORK_PARTS].includes(part))) {
    say('warming up the servers with two rounds that do not count');
    await measure('serialLimit');
    await measure('replicas2');
  }
  const subjects = await runRounds(measure, { names, rounds: options.rounds, say, signal });
  const setting = { servers, say, signal };
  const { scale, scaleFaults } = await runScenarios(options, setting);
  const extras = await runExtras(options, setting);
  const findings = { ...extras, subjects, scale, faults: [...scaleFaults, ...extras.faults] };
  const captions = await describeSetting(options, servers);
  for (const line of ['', ...captions, '', ...tableOf(findings)]) say(line);
  if (options.chart) await writeDocuments(findings, captions);
  return findings;
}

/** The servers with the network and the Node.js that were asked for. */
async function prepared(
  servers: Servers,
  { roundTripMs, node }: BenchOptions,
  teardown: Teardown,
): Promise<Servers> {
  const nodePath = node === null ? servers.nodePath : await nodeProgram(node);
  if (roundTripMs === null) return { ...servers, nodePath };
  const network = await openNetwork(servers, roundTripMs);
  teardown.add('network', () => network.close());
  return { ...servers, nodePath, reach: network.reach };
}
