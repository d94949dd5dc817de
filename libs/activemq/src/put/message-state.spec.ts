import { readFileSync } from 'node:fs';
import { anOutboundMessage } from '@comms/delivery/testing';
import { describe, expect, it } from '@jest/globals';
import { BrokerError } from '../broker-error.js';
import {
  blamed,
  confirmed,
  connectionEnded,
  connectionEndedAlone,
  mayBePut,
  type MessageState,
  pending,
  refused,
  type SendableState,
  transactionFailed,
} from './message-state.js';

const REFUSAL = {
  scope: 'message',
  detail: undefined,
  error: new BrokerError('BROKER_REFUSED_MESSAGE'),
} as const;

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
    ['is not sent', pendingState(false), false],
    ['may be put by an earlier put only', pendingState(true), false],
    ['was in a transaction that was rolled back', transactionFailed(false), false],
    ['was in a transaction of unknown outcome', transactionFailed(true), true],
    ['was under way when the connection ended', connectionEnded(pendingState(false)), true],
    ['was refused by name', refused(pendingState(false), REFUSAL), false],
    ['was refused after it may have been put', refused(transactionFailed(true), REFUSAL), true],
  ])('that %s', (_, state, expected) => {
    expect(state.kind !== 'settled' && mayBePut(state)).toBe(expected);
  });

  it('is tried again after a refusal, or failed where no later try can help', () => {
    expect(blamed(REFUSAL).outcome.kind).toBe('retry');
    expect(blamed({ ...REFUSAL, scope: 'final' }).outcome.kind).toBe('failed');
  });

  it('is accused by an ERROR that names no message once this has come twice while it was alone', () => {
    const once = connectionEndedAlone(pendingState(false), REFUSAL);
    expect(once.kind).toBe('alone');
    expect(once.kind === 'alone' && connectionEndedAlone(once, undefined).kind).toBe('alone');
    expect(once.kind === 'alone' && connectionEndedAlone(once, REFUSAL)).toMatchObject({
      kind: 'accused',
      refusal: REFUSAL,
    });
  });
});

/** Each arrow as "from to function". */
function arrows(): string[] {
  const alone = connectionEnded(pendingState(false));
  const almost = connectionEndedAlone(alone, REFUSAL);
  const sendable = [pendingState(false), transactionFailed(false), alone, almost] as SendableState[];
  return [
    `[*] ${pendingState(false).kind} pending`,
    `[*] ${pendingState(true).kind} pending`,
    `batched ${transactionFailed(true).kind} transactionFailed`,
    `accused ${blamed(REFUSAL).kind} blamed`,
    ...sendable.flatMap((state) => [
      `${state.kind} ${confirmed().kind} confirmed`,
      `${state.kind} ${refused(state, REFUSAL).kind} refused`,
      `${state.kind} ${connectionEnded(state).kind} connectionEnded`,
      `${state.kind} ${connectionEndedAlone(state, REFUSAL).kind} connectionEndedAlone`,
    ]),
  ];
}

function pendingState(possibleDuplicate: boolean): SendableState {
  return pending(anOutboundMessage({ possibleDuplicate })).state as SendableState;
}
