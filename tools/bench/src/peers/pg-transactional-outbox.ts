import { setTimeout } from 'node:timers/promises';
import type { Distribution } from '@comms/distribution';
import { Client } from 'pg';
import { DatabaseSetup, getDisabledLogger, initializePollingMessageListener } from 'pg-transactional-outbox';
import type { OpenPeer } from './peer.js';
import { StompPublisher } from './stomp-publisher.js';

/** Messages at a time: each takes a connection, and more of them are not faster. */
const CONCURRENCY = 40;

const TABLE = {
  outboxOrInbox: 'outbox',
  database: 'postgres',
  schema: 'outbox',
  table: 'message',
  listenerRole: 'postgres',
  nextMessagesName: 'next_messages',
} as const;

/** pg-transactional-outbox with its polling listener; the messages may go in parallel. */
export const openPgTransactionalOutbox: OpenPeer = async ({ datasource, broker, queue }) => {
  await setUp(datasource.url);
  const publisher = await StompPublisher.connect(broker, queue);
  const config = {
    outboxOrInbox: 'outbox',
    dbListenerConfig: { connectionString: datasource.url, max: CONCURRENCY + 2 },
    settings: {
      dbSchema: TABLE.schema,
      dbTable: TABLE.table,
      enableMaxAttemptsProtection: false,
      enablePoisonousMessageProtection: false,
      nextMessagesFunctionSchema: TABLE.schema,
      nextMessagesFunctionName: TABLE.nextMessagesName,
      nextMessagesBatchSize: CONCURRENCY,
      nextMessagesPollingIntervalInMs: 10,
    },
  } as const;
  const handler = {
    handle: ({ payload }: { readonly payload: unknown }) => publisher.publish(payload as Distribution),
  };
  let shutDown: () => Promise<void> = () => Promise.resolve();
  return {
    begin: () => {
      [shutDown] = initializePollingMessageListener(config, handler, getDisabledLogger(), {
        batchSizeStrategy,
      });
      return Promise.resolve();
    },
    rest: () => shutDown(),
  };
};

/** Whole batches: a listener that fetches again after each message would query the database once per message. */
async function batchSizeStrategy(inHand: number): Promise<number> {
  if (inHand === 0) return CONCURRENCY;
  await setTimeout(1);
  return inHand;
}

async function setUp(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(DatabaseSetup.dropAndCreateTable(TABLE));
  await client.query(DatabaseSetup.createPollingFunction(TABLE));
  await client.query(DatabaseSetup.setupPollingIndexes(TABLE));
  await client.end();
}
