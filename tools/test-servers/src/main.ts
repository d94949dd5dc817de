import { progress } from './reports.js';
import { SharedServers } from './shared-servers.js';
import type { TestBroker } from './test-broker.js';

/** Runs PostgreSQL and both brokers until Ctrl-C, and prints the variables by which a test run finds them. */
async function main(): Promise<void> {
  const servers = new SharedServers();
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  try {
    const postgres = await servers.facts('postgres');
    const classic = await servers.facts('classic');
    const artemis = await servers.facts('artemis');
    print('COMMS_TEST_DATABASE_URL', postgres.url);
    for (const broker of [classic, artemis]) if (broker !== null) printBroker(broker);
    printForSamples([classic, ...(artemis === null ? [] : [artemis])]);
    progress('running until Ctrl-C');
    const alive = setInterval(() => undefined, 60_000);
    await ended;
    clearInterval(alive);
  } finally {
    await servers.stop();
  }
}

function printBroker(broker: TestBroker): void {
  const { kind, stompUrl, stompSslUrl, wsUrl, wssUrl, amqpUrl, tcpUrl, username, password, caFile } = broker;
  const withUser = stompUrl.replace(
    '://',
    `://${encodeURIComponent(username)}:${encodeURIComponent(password)}@`,
  );
  const urls = [withUser, stompSslUrl, wsUrl, wssUrl, amqpUrl, tcpUrl].filter((url) => url !== null);
  const prefix = `COMMS_TEST_${kind.toUpperCase()}`;
  print(`${prefix}_URL`, urls.join(','));
  if (caFile !== null) print(`${prefix}_CA_FILE`, caFile);
}

/** What the consumers of `samples/` take: their URLs, and the login that is the same at both brokers. */
function printForSamples(brokers: readonly [TestBroker, ...TestBroker[]]): void {
  const [{ username, password }] = brokers;
  print('BROKER_USERNAME', username);
  print('BROKER_PASSWORD', password);
  for (const { kind, stompUrl, amqpUrl, tcpUrl } of brokers) {
    const prefix = `SAMPLE_${kind.toUpperCase()}`;
    const javaClient = kind === 'classic' ? 'openwire' : 'core';
    print(`${prefix}_STOMP_URL`, stompUrl);
    if (amqpUrl !== null) print(`${prefix}_AMQP_URL`, amqpUrl);
    if (tcpUrl !== null) print(`${prefix}_JAVA_URL`, `${javaClient}:${tcpUrl}`);
  }
}

function print(variable: string, value: string): void {
  process.stdout.write(`export ${variable}='${value}'\n`);
}

await main();
