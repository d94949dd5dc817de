import { nodeProgram } from '@comms/test-servers';
import type { BenchOptions } from '../parse-arguments.js';
import { EMPTY_FINDINGS, type NetworkFigures } from '../results/findings.js';
import { type RateName, rateOf, coresUsedBy } from '../results/rates.js';
import { measureSubject } from '../rounds/measure-subject.js';
import { runRounds } from '../rounds/run-rounds.js';
import type { Servers } from '../servers/open-servers.js';
import { type SubjectName, subjectOf } from '../subjects/subjects.js';
import { openNetwork } from './network.js';

const ROUND_TRIPS_MS = [0, 1, 5];
/** The major version of the images. */
const NODE_OF_THE_IMAGES = '24';

const BROKER_ONLY = ['brokerOnly200', 'brokerOnly500', 'brokerOnly1000', 'brokerOnly2000'] as const;
const SUBJECTS: readonly SubjectName[] = [
  'plain',
  'plainLarge',
  'replicas2',
  ...BROKER_ONLY,
  'serialLimit',
  'pgBossTuned500',
  'pgBossTuned2000',
];
const SUBJECTS_OF_THE_IMAGES: readonly SubjectName[] = ['plain', 'replicas2', ...BROKER_ONLY];

interface NetworkSetting {
  readonly servers: Servers;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Rounds of what matters across a network, for each round trip, on the Node.js of the benchmark and on that of the images. */
export async function measureNetwork(
  size: BenchOptions,
  setting: NetworkSetting,
): Promise<readonly NetworkFigures[]> {
  const figures: NetworkFigures[] = [];
  const nodes = [
    { node: process.versions.node, nodePath: process.execPath, names: SUBJECTS },
    {
      node: NODE_OF_THE_IMAGES,
      nodePath: await nodeProgram(NODE_OF_THE_IMAGES),
      names: SUBJECTS_OF_THE_IMAGES,
    },
  ];
  for (const roundTripMs of ROUND_TRIPS_MS) {
    const network = await openNetwork(setting.servers, roundTripMs);
    try {
      for (const { node, nodePath, names } of nodes) {
        setting.say(`round trip ${roundTripMs} ms, Node.js ${node}`);
        const servers = { ...setting.servers, reach: network.reach, nodePath };
        figures.push({ roundTripMs, node, ...(await rounds(names, size, { ...setting, servers })) });
      }
    } finally {
      await network.close();
    }
  }
  return figures;
}

async function rounds(
  names: readonly SubjectName[],
  size: BenchOptions,
  { servers, say, signal }: NetworkSetting,
): Promise<Pick<NetworkFigures, 'rates' | 'coresOfPlain'>> {
  const measure = (name: SubjectName) => measureSubject(subjectOf(name), size, { servers, signal });
  const subjects = await runRounds(measure, { names, rounds: size.rounds, say, signal });
  const findings = { ...EMPTY_FINDINGS, subjects };
  const rate = (name: RateName) => rateOf(findings, name)?.median ?? null;
  return {
    rates: {
      plain: rate('plain'),
      plainLarge: rate('plainLarge'),
      replicas2: rate('replicas2'),
      brokerOnly: rate('brokerOnly'),
      serialLimit: rate('serialLimit'),
      pgBossTuned: rate('pgBossTuned'),
    },
    coresOfPlain: coresUsedBy(findings, 'plain'),
  };
}
