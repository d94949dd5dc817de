import { describe, expect, it } from '@jest/globals';
import { type CpuProfile, digestProfile } from './digest-profile.js';

const ALWAYS = { from: -Infinity, to: Infinity };
const STORE = 'file:///srv/libs/distribution-store/dist/claim.js';
const DRIVER = 'file:///srv/node_modules/pg-protocol/dist/parser.js';
const BROKER = 'file:///srv/libs/activemq/dist/frame.js';

describe('digestProfile', () => {
  it('gives each part the time of its own code, and leaves out waits', () => {
    const profile = aProfile(
      ['(idle)', '', 500],
      ['(program)', '', 7],
      ['(garbage collector)', '', 40],
      ['claim', STORE, 10, ['parse', DRIVER, 20]],
      ['write', 'file:///srv/libs/message-json/dist/document-writer.js', 30],
      ['encrypt', 'file:///srv/libs/json-encryption/dist/encrypter.js', 50],
      ['put', BROKER, 3, ['marshall', 'file:///srv/node_modules/@stomp/stompjs/esm6/frame-impl.js', 4]],
      ['deliver', 'file:///srv/libs/delivery/dist/deliver-batch.js', 5],
      ['poll', 'file:///srv/libs/daemon-runtime/dist/poller.js', 6],
    );

    expect(digestProfile(profile, ALWAYS)).toMatchObject({
      total: 175,
      parts: {
        garbageCollection: 40,
        driver: 20,
        database: 10,
        document: 30,
        encryption: 50,
        broker: 7,
        batches: 5,
        runtime: 6,
        other: 7,
      },
    });
  });

  it('counts functions of Node.js and of other packages for the part that calls them, as deep as they go', () => {
    const write: Call = ['write', 'node:net', 2, ['writev', '', 5]];
    const profile = aProfile(
      ['send', BROKER, 1, write],
      ['query', DRIVER, 10, write],
      ['onStreamRead', 'node:internal/stream_base_commons', 20, ['parse', DRIVER, 100]],
      ['tap', 'file:///srv/node_modules/rxjs/tap.js', 1_000],
    );

    expect(digestProfile(profile, ALWAYS).parts).toMatchObject({ broker: 8, driver: 117, other: 1_020 });
  });

  it('takes only the samples within the window', () => {
    const profile: CpuProfile = {
      ...aProfile(['claim', STORE, 0]),
      startTime: 1_000,
      samples: [2, 2, 2, 2],
      timeDeltas: [10, 20, 30, 40],
    };

    expect(digestProfile(profile, { from: 1_030, to: 1_060 }).total).toBe(50);
    expect(digestProfile(profile, { from: 1_101, to: 2_000 }).total).toBe(0);
  });

  it('names the ten functions that took most, each once wherever it was called', () => {
    const small = Array.from({ length: 12 }, (_, i): Call => [`f${i}`, 'node:util', i + 1]);
    const profile = aProfile(
      ['(idle)', '', 1_000],
      ['(garbage collector)', '', 1_000],
      ['claim', STORE, 10, ['now', '', 300]],
      ['send', BROKER, 0, ['now', '', 200], ['', DRIVER, 400]],
      ...small,
    );

    const { functions } = digestProfile(profile, ALWAYS);

    expect(functions).toHaveLength(10);
    expect(functions.slice(0, 4)).toEqual([
      { name: 'now', place: 'Node.js', time: 500 },
      { name: '(anonymous)', place: 'node_modules/pg-protocol/dist/parser.js:8', time: 400 },
      { name: 'f11', place: 'node:util:8', time: 12 },
      { name: 'f10', place: 'node:util:8', time: 11 },
    ]);
  });
});

/** A function, its script, the time that it was seen at work, and what it calls. */
type Call = readonly [functionName: string, url: string, time: number, ...called: Call[]];

/** A profile with one sample per function. */
function aProfile(...calls: readonly Call[]): CpuProfile {
  const nodes: CpuProfile['nodes'][number][] = [];
  const timeDeltas: number[] = [];
  const add = ([functionName, url, time, ...called]: Call): number => {
    const id = nodes.length + 1;
    const children: number[] = [];
    nodes.push({ id, callFrame: { functionName, url, lineNumber: 7 }, children });
    timeDeltas.push(time);
    children.push(...called.map(add));
    return id;
  };
  add(['(root)', '', 0, ...calls]);
  return { nodes, samples: nodes.map(({ id }) => id), timeDeltas, startTime: 0 };
}
