import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { healthOf, untilHealthy } from './health.js';

let server: Server;
let url: string;
let answers: unknown[];

beforeEach(async () => {
  answers = [];
  server = createServer((_, response) => {
    response.end(JSON.stringify(answers.length > 1 ? answers.shift() : answers[0]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const signal = new AbortController().signal;

describe('untilHealthy', () => {
  it('waits until the daemon is up', async () => {
    answers.push({ status: 'starting' }, { status: 'down' }, { status: 'up' }, { status: 'down' });

    expect(await untilHealthy(url, { limitMs: 10_000, signal })).toBeUndefined();
    expect(answers).toEqual([{ status: 'down' }]);
  });

  it('reports what the daemon lacks when the time is over', async () => {
    answers.push({
      status: 'down',
      database: { status: 'up' },
      broker: { status: 'down', text: 'The connection was refused.' },
    });

    expect(await untilHealthy(url, { limitMs: 50, signal })).toBe(
      'status down; broker down: The connection was refused.',
    );
  });

  it('gives up at once when it is asked to', async () => {
    answers.push({ status: 'starting' });
    const abort = new AbortController();
    const waiting = untilHealthy(url, { limitMs: 10_000, signal: abort.signal });
    abort.abort();

    await expect(waiting).rejects.toThrow('aborted');
  });
});

describe('healthOf', () => {
  it('has a word for a daemon that does not respond', async () => {
    server.close();
    server.closeAllConnections();

    expect(await healthOf(url)).toEqual({ status: 'no answer' });
  });
});
