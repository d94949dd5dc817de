import type { Courier, CourierCondition, OutboundMessage, PutOutcome } from '@comms/delivery';
import { encodeFrame, type Frame, FrameSplitter } from '@comms/stomp-broker';
import type { Network } from '../network/network.js';
import type { VirtualSocket } from '../network/virtual-socket.js';

/** Sends all in one transaction, also what may be on the queue already, under the same duplicate ids. */
export class BatchOnlyCourier implements Courier {
  readonly replacesRepeats = false;

  constructor(
    private readonly network: Network,
    private readonly broker: string,
  ) {}

  async put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    const confirmed = await this.commit(messages.map(sendFrame));
    return messages.map(() => (confirmed ? { kind: 'sent' } : UNKNOWN));
  }

  condition(): CourierCondition {
    return { part: 'broker', state: 'up', since: new Date(0), name: this.broker };
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** Commits over another connection. Returns false after anything except a clean receipt. */
  private commit(sends: readonly string[]): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = this.network.connect(this.broker);
      const end = (confirmed: boolean) => {
        socket.destroy();
        resolve(confirmed);
      };
      const giveUp = setTimeout(end, LIMIT_MS, false);
      socket.once('connect', () => socket.write(encodeFrame('CONNECT', {})));
      socket.once('error', () => {
        end(false);
      });
      socket.once('close', () => {
        clearTimeout(giveUp);
        end(false);
      });
      onFrames(socket, ({ command }) => {
        if (command === 'CONNECTED') socket.write([BEGIN, ...sends, COMMIT].join(''));
        else end(command === 'RECEIPT');
      });
    });
  }
}

const LIMIT_MS = 2_000;
const UNKNOWN: PutOutcome = {
  kind: 'unknown',
  code: 'NOT_CONFIRMED',
  text: 'The transaction was not confirmed.',
};
const BEGIN = encodeFrame('BEGIN', { transaction: 't' });
const COMMIT = encodeFrame('COMMIT', { transaction: 't', receipt: 'r' });

function onFrames(socket: VirtualSocket, listener: (frame: Frame) => void): void {
  const splitter = new FrameSplitter();
  socket.on('data', (bytes: Buffer) => {
    splitter.push(bytes).forEach(listener);
  });
}

function sendFrame({ distribution, body, possibleDuplicate }: OutboundMessage): string {
  const { distributionId, sending, commsCode } = distribution;
  const headers = {
    destination: 'simulated',
    'destination-type': 'ANYCAST',
    persistent: 'true',
    transaction: 't',
    commsDistributionId: distributionId,
    _AMQ_DUPL_ID: `${distributionId}-${sending}`,
    ...(commsCode !== null && { commsCode: commsCode }),
    ...(possibleDuplicate && { commsPossibleDuplicate: 'true' }),
  };
  return encodeFrame('SEND', headers, body);
}
