import type { Frame, Reaction, ScriptedClient } from '@comms/stomp-broker';
import { describe, expect, it } from '@jest/globals';
import { refuseCommsCode } from './refuse-comms-code.js';

const refusal = { refuse: 'refused by the policy of this broker' };

describe('refuseCommsCode', () => {
  it('refuses a message of that code, and no other', () => {
    const { answers } = setup();

    expect(answers(1, send('BAD'), send('GOOD'), send(undefined))).toEqual([refusal, 'handle', 'handle']);
  });

  it('refuses the transaction that holds such a message, at its commit', () => {
    const { answers } = setup();

    expect(answers(1, begin, send('GOOD', 't1'), send('BAD', 't1'), send('GOOD', 't1'), commit)).toEqual([
      'handle',
      'handle',
      'ignore',
      'handle',
      refusal,
    ]);
  });

  it('distinguishes transactions of the same name by their connections', () => {
    const { answers } = setup();

    expect(answers(1, begin, send('BAD', 't1'))).toEqual(['handle', 'ignore']);

    expect(answers(2, begin, send('GOOD', 't1'), commit)).toEqual(['handle', 'handle', 'handle']);
  });

  it('lets the next transaction of the same name pass', () => {
    const { answers } = setup();

    expect(answers(1, begin, send('BAD', 't1'), commit)).toEqual(['handle', 'ignore', refusal]);

    expect(answers(1, begin, send('GOOD', 't1'), commit)).toEqual(['handle', 'handle', 'handle']);
  });

  it('accepts everything once it no longer refuses', () => {
    const { answers, relent } = setup();
    relent();

    expect(answers(1, send('BAD'), begin, send('BAD', 't1'), commit)).toEqual(Array(4).fill('handle'));
  });
});

const begin: Frame = { command: 'BEGIN', headers: { transaction: 't1' }, body: Buffer.alloc(0) };
const commit: Frame = { ...begin, command: 'COMMIT' };

function send(code: string | undefined, transaction?: string): Frame {
  return {
    command: 'SEND',
    headers: {
      destination: 'queue',
      ...(code !== undefined && { commsCode: code }),
      ...(transaction !== undefined && { transaction }),
    },
    body: Buffer.alloc(0),
  };
}

function setup() {
  const { script, relent } = refuseCommsCode('BAD');
  const answers = (number: number, ...frames: Frame[]): (Reaction | Promise<Reaction>)[] => {
    const client: ScriptedClient = { number, send: () => undefined, reset: () => undefined };
    return frames.map((frame) => script(frame, client));
  };
  return { answers, relent };
}
