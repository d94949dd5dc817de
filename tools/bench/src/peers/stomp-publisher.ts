import type { BrokerConfig, QueueConfig } from '@comms/activemq';
import type { Distribution } from '@comms/distribution';
import { stompSocket } from '@comms/kit/stomp-socket';
import { Client, StompHeaders } from '@stomp/stompjs';
import { messageOf } from '../limits/daemon-parts.js';

/** Sends persistent messages with @stomp/stompjs and waits for the broker's receipt of each. */
export class StompPublisher {
  private receipts = 0;

  private constructor(
    private readonly client: Client,
    private readonly destination: string,
  ) {}

  static async connect(broker: BrokerConfig, { queue }: QueueConfig): Promise<StompPublisher> {
    const client = new Client();
    client.webSocketFactory = () => stompSocket(broker.url?.[0] ?? '');
    client.connectHeaders = headers({ login: broker.username ?? '', passcode: broker.password ?? '' });
    client.reconnectDelay = 0;
    await new Promise<void>((resolve, reject) => {
      client.onConnect = () => {
        resolve();
      };
      client.onStompError = client.onWebSocketClose = () => {
        reject(new Error('the broker has refused or ended the connection'));
      };
      client.activate();
    });
    // That rejection has no listener any more: a connection that is lost later ends the process.
    client.onStompError = client.onWebSocketClose = () => {
      throw new Error('the connection to the broker is lost');
    };
    return new StompPublisher(client, `/queue/${queue}`);
  }

  /** Resolves when the broker has the message on its disk. */
  publish(row: Distribution): Promise<void> {
    const receipt = `receipt-${(this.receipts += 1)}`;
    return new Promise((resolve) => {
      this.client.watchForReceipt(receipt, () => {
        resolve();
      });
      this.client.publish({
        destination: this.destination,
        headers: headers({ ...headersOf(row), receipt }),
        body: messageOf(row).body,
        skipContentLengthHeader: true,
      });
    });
  }
}

function headers(entries: Readonly<Record<string, string>>): StompHeaders {
  return Object.assign(new StompHeaders(), entries);
}

function headersOf(row: Distribution): Record<string, string> {
  return {
    persistent: 'true',
    priority: '4',
    'content-type': 'application/json',
    type: row.deliveryMethod,
    'correlation-id': row.distributionId,
    commsDistributionId: row.distributionId,
    commsRequestId: row.commsRequestId,
    deliveryMethod: row.deliveryMethod,
    commsSending: row.sending,
    commsCode: row.commsCode ?? '',
  };
}
