import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queueName } from '@comms/daemon-stage';
import { anOutboundMessage } from '@comms/delivery/testing';
import { repositoryPath } from '@comms/kit';
import { ifPresent, readQueue, type TestBroker } from '@comms/test-servers';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { javaProgram } from '../src/java-program.js';
import { type JmsClient, runJmsProgram } from '../src/jms-client.js';
import { NO_BROKERS, presentBrokers } from '../src/present-brokers.js';
import { putByCourier } from './put-by-courier.js';

jest.setTimeout(120_000);

const project = repositoryPath('tools/sample-tests/java');
const page = await readFile(repositoryPath('docs/message-format.md'), 'utf8');
const firstOf = (language: string) =>
  new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';

const folder = await mkdtemp(join(tmpdir(), 'comms-spring-'));
const classPath = await ifPresent('java', () => javaProgram(project, folder));
const { classic, artemis } = classPath === null ? NO_BROKERS : await presentBrokers();
const clients = [
  { client: 'openwire', broker: classic } as const,
  { client: 'core', broker: artemis } as const,
].flatMap(({ client, broker }) => (broker === null ? [] : { client, broker, kind: broker.kind }));

afterAll(() => rm(folder, { recursive: true, force: true }));

if (clients.length === 0) {
  // Hooks don't run where every test is skipped.
  await rm(folder, { recursive: true });
  it.skip('no JMS client can run here', () => undefined);
} else describe.each(clients)('the recipe for Spring, by $client on ActiveMQ $kind', suite);

function suite({ client, broker }: { readonly client: JmsClient; readonly broker: TestBroker }): void {
  it('makes a record of the first document of docs/message-format.md', async () => {
    const queue = queueName('spring');
    await putByCourier(broker, queue, [anOutboundMessage({ body: firstOf('json') })]);
    const printed = await runJmsProgram([classPath ?? '', 'SpringReader'], { client, broker, queue }, []);
    const { commsDistributionId, message } = JSON.parse(firstOf('json')) as Record<string, unknown>;
    expect(JSON.parse(printed)).toEqual({ commsDistributionId, commsRequestId: 45, version: 1, message });
    expect(await readQueue(broker, queue)).toEqual([]);
  });

  it('is what docs/message-format.md shows', async () => {
    const recipe = firstOf('java');
    expect(recipe).toContain('setTypeIdMappings');
    const program = await readFile(join(project, 'src/main/java/SpringReader.java'), 'utf8');
    expect(program.replaceAll(/^ +/gm, '')).toContain(recipe);
  });
}
