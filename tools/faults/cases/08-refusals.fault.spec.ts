import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { brokerProperties, countOf, insertRows, type Properties, sampleRows } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { freePort, testCertificates, testClassic } from '@comms/test-servers';
import { atEndOfCase } from '../src/case.js';
import { checkTotalQueue } from '../src/total-queue.js';
import { untilRecovered, untilTrouble } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';
import { TlsFront } from '../src/tls-front.js';

jest.setTimeout(120_000);

const ROWS = 10;

const classic = await testClassic();
const certificates = await testCertificates();

const atEnd = atEndOfCase();

describe('8 a broker that refuses', () => {
  let faults: FaultStage;
  beforeEach(async () => {
    faults = await FaultStage.open(classic);
    await faults.insert(ROWS);
  });
  afterEach(() => faults.close());

  it('the connection is reported, and found again', async () => {
    await faults.toBroker.refuse();
    const daemon = await faults.start();
    await untilTrouble(daemon, 'broker', { status: 'down', codes: ['BROKER_REFUSED_CONNECTION'] });
    await faults.expectUntouched();

    await faults.toBroker.accept();
    await untilRecovered(daemon);
    checkTotalQueue(await faults.judge());
  });

  const refused: [string, Properties, string][] = [
    ['the password', { 'comms.broker.password': 'wrong' }, 'BROKER_LOGIN_REFUSED'],
    ['a host name', { 'comms.broker.url': 'stomp://no-such-host.invalid:61613' }, 'BROKER_UNKNOWN_HOST'],
  ];
  it.each(refused)('%s is reported, and no row suffers', async (_, properties, code) => {
    const daemon = await faults.start(properties);
    await untilTrouble(daemon, 'broker', { status: 'down', codes: [code] });
    await faults.expectUntouched();
    await daemon.stop();

    await faults.startUp();
    checkTotalQueue(await faults.judge());
  });

  it.each([
    ['an expired certificate', 'expired', 'BROKER_TLS_EXPIRED'],
    ['a certificate of another host', 'wrongHost', 'BROKER_TLS_WRONG_HOST'],
    ['a certificate of an unknown authority', 'unknownAuthority', 'BROKER_TLS_UNKNOWN_CA'],
  ] as const)(
    'for a broker that shows %s gets nothing, until it shows a good certificate',
    async (_, name, code) => {
      const front = await TlsFront.start(faults.toBroker.port, certificates[name]);
      atEnd(() => {
        front.stop();
      });
      const daemon = await faults.start({
        'comms.broker.url': `stomp+ssl://127.0.0.1:${front.port}`,
        'comms.broker.tls.ca-file': certificates.caFile,
      });
      await untilTrouble(daemon, 'broker', { status: 'down', codes: [code] });
      await faults.expectUntouched();

      front.present(certificates.good);
      await untilRecovered(daemon);
      checkTotalQueue(await faults.judge());
    },
  );
});

const { restricted } = classic;
const describeRestricted = restricted === null ? describe.skip : describe;

describeRestricted('8 a broker that gives no right to one queue', () => {
  it('is blocked for that daemon, and the others go on', async () => {
    const { username = '', password = '', allowedPrefix = '' } = restricted ?? {};
    const faults = await FaultStage.open(classic);
    atEnd(() => faults.close());
    const { client } = faults.stage.database;
    const login = { 'comms.broker.username': username, 'comms.broker.password': password };
    await faults.insert(ROWS);
    await insertRows(client, 'comms_request_target_distribution', sampleRows(ROWS, 'SMS'));
    const daemon = await faults.start(login);
    await faults.stage.start('sms-to-handset', {
      ...brokerProperties(classic),
      ...login,
      'comms.sms.monitor.extract.to.queue': `${allowedPrefix}${faults.queue}`,
    });

    await untilTrouble(daemon, 'broker', { status: 'blocked', codes: ['BROKER_NOT_AUTHORISED'] });
    await eventually(
      'the other daemon delivers',
      () => countOf(client, 'S'),
      (count) => count === ROWS,
    );
    expect(await countOf(client, 'D')).toBe(ROWS);
    await client.query(`DELETE FROM comms_request_target_distribution WHERE delivery_method = 'SMS'`);
    await faults.expectUntouched();

    await daemon.stop();
    await faults.startUp();
    checkTotalQueue(await faults.judge());
  });
});

describe('8 a database that refuses', () => {
  it.each([
    ['the password', (url: URL) => (url.password = 'wrong'), 'STORE_LOGIN_REFUSED'],
    ['TLS', (url: URL) => (url.search = '?sslmode=verify-full'), 'STORE_TLS'],
    ['connections', (url: URL, port: number) => (url.port = String(port)), 'STORE_UNREACHABLE'],
  ])('%s is reported', async (_, spoil, code) => {
    const faults = await FaultStage.open(classic);
    atEnd(() => faults.close());
    await faults.insert(ROWS);
    const url = new URL(await faults.stage.urlOf('push-to-handset'));
    spoil(url, await freePort());
    const daemon = await faults.start({ 'comms.datasource.url': url.href });

    await untilTrouble(daemon, 'database', { status: 'down', codes: [code] });

    await daemon.stop();
    await faults.startUp();
    checkTotalQueue(await faults.judge());
  });
});
