import type { FrameScript } from '@comms/stomp-broker';

/** A broker that refuses all messages of one comms code, until it relents. */
interface Refusing {
  readonly script: FrameScript;
  readonly relent: () => void;
}

/**
 * Makes the demo's broker refuse messages, as a broker with a policy of its own might: a message alone gets an ERROR;
 * of a transaction that holds one, nothing is kept and COMMIT gets the ERROR.
 */
export function refuseCommsCode(commsCode: string): Refusing {
  const spoilt = new Set<string>();
  let relented = false;
  return {
    relent: () => {
      relented = true;
    },
    script: ({ command, headers }, client) => {
      const { transaction } = headers;
      const key = `${client.number} ${transaction ?? ''}`;
      if (command === 'COMMIT' && spoilt.delete(key)) return { refuse: REASON };
      if (relented || command !== 'SEND' || headers['commsCode'] !== commsCode) return 'handle';
      if (transaction === undefined) return { refuse: REASON };
      spoilt.add(key);
      return 'ignore';
    },
  };
}

const REASON = 'refused by the policy of this broker';
