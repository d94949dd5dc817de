import { describe, expect, it } from '@jest/globals';
import type { CodeTable } from '@comms/daemons';
import { operationsManual } from './operations-manual.js';

const TABLES: Readonly<Record<string, CodeTable>> = {
  doors: {
    remedyIs: 'act',
    codes: {
      DOOR_SHUT: {
        meaning: 'No one opened within comms.door.time-out',
        remedy: '[knock](operations.md#knock)',
      },
      DOOR_GONE: { meaning: 'There is `none`', remedy: 'a door | a window' },
    },
  },
};

const text = (between: string) => `# Manual

**Cause.** One of these:

<!-- codes: doors -->
${between}
<!-- end of codes: doors -->

**Act.** Knock.
`;

const WRITTEN = text(`
| code        | means                                      | act                |
| ----------- | ------------------------------------------ | ------------------ |
| \`DOOR_SHUT\` | No one opened within \`comms.door.time-out\` | [knock](#knock)    |
| \`DOOR_GONE\` | There is \`none\`                            | a door \\| a window |
`);

describe('operationsManual', () => {
  it('writes a table of codes at its place, and leaves all other text', async () => {
    expect(await operationsManual(text('\n| old |\n'), TABLES)).toBe(WRITTEN);
    expect(await operationsManual(WRITTEN, TABLES)).toBe(WRITTEN);
  });

  it('throws where a table has no place', () => {
    expect(() => operationsManual('# Manual\n', TABLES)).toThrow('no place for codes: doors');
  });

  it('throws where a place has no table', () => {
    expect(() => operationsManual(text(''), {})).toThrow('codes that do not exist: doors');
  });
});
