import { readFileSync } from 'node:fs';
import { anOutboundMessage } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { describe, expect, it } from '@jest/globals';
import { BrokerError } from '../broker-error.js';
import {
  blamed,
  confirmed,
  connectionEnded,
  connectionEndedByRefusal,
  onlyMessageLost,
  type LossOfOnlyMessage,
  mayBePut,
  type MessageState,
  pending,
  refused,
  type SendableState,
  tooLarge,
  transactionFailed,
} from './message-state.js';

const REFUSAL = {
  scope: 'message',
  detail: undefined,
  error: new BrokerError('BROKER_REFUSED_MESSAGE'),
} as const;

const BATCHED = stateOf({});
const SINGLE = stateOf({ possibleDuplicate: true });

describe('the diagram of the states', () => {
  it('has the arrows that the functions make, and no others', () => {
    const drawn = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
      .split('\n')
      .flatMap((line) => /^ {2}(\S+) --> (\w+): (\w+)/.exec(line)?.slice(1).join(' ') ?? []);
    expect([...new Set(drawn)].sort()).toEqual([...new Set(arrows())].sort());
  });
});

describe('a message', () => {
  it.each<[string, MessageState, boolean]>([
    ['is not sent', BATCHED, false],
    ['may be put by an earlier put only', SINGLE, false],
    ['was in a transaction that was rolled back', transactionFailed(false), false],
    ['was in a transaction of unknown outcome', transactionFailed(true), true],
    ['was under way when the connection ended', connectionEnded(BATCHED), true],
    ['was under way when another one was refused', connectionEndedByRefusal(BATCHED), true],
    ['was refused by name', refused(BATCHED, REFUSAL), false],
    ['was refused after it may have been put', refused(transactionFailed(true), REFUSAL), true],
  ])('that %s', (_, state, expected) => {
    expect(state.kind !== 'settled' && mayBePut(state)).toBe(expected);
  });

  it('goes alone from the start where it may be on the queue and earlier tries have failed', () => {
    expect(stateOf({ possibleDuplicate: true, retryCount: 1 }).kind).toBe('alone');
    expect(stateOf({ possibleDuplicate: false, retryCount: 1 }).kind).toBe('inTransaction');
  });

  it('is tried again after a refusal, or failed where no later try can help', () => {
    expect(blamed(refused(BATCHED, REFUSAL)).outcome).toMatchObject({ kind: 'retry' });
    const final = { ...REFUSAL, scope: 'final' } as const;
    expect(blamed(refused(BATCHED, final)).outcome).toMatchObject({ kind: 'failed' });
  });

  it('is accused by an ERROR that names no message, once two of them came while it was alone', () => {
    const [once, twice] = endsAlone([{ unnamedError: REFUSAL }, { unnamedError: REFUSAL }]);
    expect([once?.kind, twice?.kind]).toEqual(['alone', 'accused']);
    expect(endsAlone([{ unnamedError: REFUSAL }, {}]).map(({ kind }) => kind)).toEqual(['alone', 'alone']);
  });

  it('is at fault, and may be put, after the third connection that ended while it was alone', () => {
    const states = endsAlone([{}, {}, {}]);
    expect(states.map(({ kind }) => kind)).toEqual(['alone', 'alone', 'settled']);
    expect(states[2]).toMatchObject({
      outcome: { kind: 'retry', code: 'MESSAGE_ENDS_CONNECTION', mayBePut: true },
    });
  });

  it('goes with others again, and no end counts against it, where the broker refused another one', () => {
    expect(connectionEndedByRefusal(BATCHED).kind).toBe('single');
    const [once] = endsAlone([{}]);
    expect(connectionEndedByRefusal(once as SendableState)).toEqual(once);
  });

  it('is not at fault where its connections ended at several brokers', () => {
    const cause = new BrokerError('BROKER_BLOCKED');
    const states = endsAlone([{ cause }, { cause, broker: 'two' }, { cause, broker: 'two' }]);
    expect(states.map(({ kind }) => kind)).toEqual(['alone', 'alone', 'settled']);
  });

  it('is at fault, and may be put, when it was not confirmed for the second time while it was alone', () => {
    const cause = new BrokerError('BROKER_BLOCKED');
    const states = endsAlone([{ cause }, { cause }]);
    expect(states.map(({ kind }) => kind)).toEqual(['alone', 'settled']);
    expect(states[1]).toMatchObject({
      outcome: { kind: 'retry', code: 'MESSAGE_NOT_CONFIRMED', mayBePut: true },
    });
  });
});

/** Each arrow as "from to function". */
function arrows(): string[] {
  const end = { cause: new BrokerError('BROKER_CONNECTION_LOST'), taken: 1, broker: 'one' };
  const alone = connectionEnded(BATCHED);
  const almost = endsAlone([{ unnamedError: REFUSAL }, {}]).at(-1);
  const sendable = [BATCHED, SINGLE, alone, almost] as SendableState[];
  return [
    `[*] ${BATCHED.kind} pending`,
    `[*] ${SINGLE.kind} pending`,
    `[*] ${stateOf({ possibleDuplicate: true, retryCount: 1 }).kind} pending`,
    `inTransaction ${transactionFailed(true).kind} transactionFailed`,
    `accused ${blamed(refused(BATCHED, REFUSAL)).kind} blamed`,
    ...sendable.flatMap((state) => [
      `${state.kind} ${confirmed().kind} confirmed`,
      `${state.kind} ${refused(state, REFUSAL).kind} refused`,
      `${state.kind} ${tooLarge(end.cause).kind} tooLarge`,
      `${state.kind} ${connectionEnded(state).kind} connectionEnded`,
      `${state.kind} ${connectionEndedByRefusal(state).kind} connectionEndedByRefusal`,
      `${state.kind} ${onlyMessageLost(state, { ...end, unnamedError: REFUSAL }).kind} onlyMessageLost`,
      `${state.kind} ${onlyMessageLost(state, { ...end, unnamedError: undefined }).kind} onlyMessageLost`,
    ]),
  ];
}

/** The states of a new message after each of some connections that end while it is alone. */
function endsAlone(ends: readonly Partial<LossOfOnlyMessage>[]): MessageState[] {
  const states: MessageState[] = [];
  for (const end of ends) {
    const before = (states.at(-1) ?? BATCHED) as SendableState;
    const cause = new BrokerError('BROKER_CONNECTION_LOST');
    states.push(onlyMessageLost(before, { cause, unnamedError: undefined, taken: 1, broker: 'one', ...end }));
  }
  return states;
}

function stateOf({ possibleDuplicate = false, retryCount = 0 }): SendableState {
  const distribution = aDistribution({ retryCount });
  return pending(anOutboundMessage({ possibleDuplicate, distribution })).state as SendableState;
}
