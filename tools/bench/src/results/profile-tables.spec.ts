import { describe, expect, it } from '@jest/globals';
import { CODE_PART_NAMES } from '../profile/code-parts.js';
import type { Profile } from './findings.js';
import { profileTables } from './profile-tables.js';

describe('profileTables', () => {
  it('reports each part in microseconds per row and as a share, and the functions that took most', () => {
    expect(profileTables(aProfile({ cpuPerRow: 60 }))).toEqual([
      '- 10,000 rows/s; 40.0 µs per row of the main thread, 60.0 µs of all threads.',
      '',
      '| part of the main thread                 | µs per row | %    |',
      '| --------------------------------------- | ---------- | ---- |',
      '| garbage collection                      | 0.0        | 0.0  |',
      '| pg driver                               | 10.0       | 25.0 |',
      '| database code (libs/distribution-store) | 0.0        | 0.0  |',
      '| document (libs/message-json)            | 0.0        | 0.0  |',
      '| encryption (libs/json-encryption)       | 0.0        | 0.0  |',
      '| STOMP and its socket (libs/activemq)    | 30.0       | 75.0 |',
      '| batch logic (libs/delivery)             | 0.0        | 0.0  |',
      '| runtime (libs/daemon-runtime, Nest)     | 0.0        | 0.0  |',
      '| Node.js itself, and all else            | 0.0        | 0.0  |',
      '',
      '| function, without what it calls | where     | µs per row |',
      '| ------------------------------- | --------- | ---------- |',
      '| `writev`                        | `Node.js` | 7.5        |',
    ]);
  });

  it('says so where the system does not show all threads', () => {
    expect(profileTables(aProfile({ cpuPerRow: null }))[0]).toMatch(/, \? µs of all threads\.$/);
  });
});

function aProfile(more: Partial<Profile>): Profile {
  const none = Object.fromEntries(CODE_PART_NAMES.map((name) => [name, 0])) as Profile['parts'];
  return {
    rows: 1_000,
    rowsPerSecond: 10_000,
    threadPerRow: 40,
    cpuPerRow: 60,
    parts: { ...none, driver: 10, broker: 30 },
    functions: [{ name: 'writev', place: 'Node.js', time: 7.5 }],
    ...more,
  };
}
