import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import type { OwnBroker } from './start-broker.js';
import { ownClassic, testClassic } from './test-classic.js';

const classic = await testClassic();

describe('testClassic', () => {
  it('gives a broker that answers STOMP', async () => {
    expect(await firstLineOf(classic.stompUrl, classic)).toBe('CONNECTED');
  });

  it('refuses a wrong password', async () => {
    expect(await firstLineOf(classic.stompUrl, { ...classic, password: 'wrong' })).toBe('ERROR');
  });
});

describe('ownClassic', () => {
  let own: OwnBroker;
  beforeAll(async () => {
    own = await ownClassic();
  }, 60_000);
  afterAll(() => own.process.stop());

  it('answers at the same port after a kill and a restart', async () => {
    await own.process.signal('SIGKILL');
    await expect(firstLineOf(own.broker.stompUrl, own.broker)).rejects.toThrow('ECONNREFUSED');

    await own.process.restart();

    expect(await firstLineOf(own.broker.stompUrl, own.broker)).toBe('CONNECTED');
  }, 60_000);
});

function firstLineOf(url: string, user: { username: string; password: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `CONNECT\naccept-version:1.2\nhost:any\nlogin:${user.username}\npasscode:${user.password}\n\n\0`,
    );
    socket.once('data', (data) => {
      resolve(data.toString().split('\n', 1)[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
