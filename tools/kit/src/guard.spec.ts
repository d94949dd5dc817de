import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';
import { Guard } from './guard.js';

let folder: string;
let watched: ChildProcess;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-kit-test-'));
  watched = spawn('sleep', ['600'], { stdio: 'ignore' });
  await once(watched, 'spawn');
});

afterEach(async () => {
  watched.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe('Guard', () => {
  it('kills what it watches and removes its folder when it ends', async () => {
    const guard = new Guard();
    guard.watch(watched.pid ?? NaN);
    guard.removeAtEnd(folder);

    await guard.end();

    await eventually(
      'the process is gone',
      () => watched.signalCode,
      (signal) => signal === 'SIGKILL',
    );
    expect(existsSync(folder)).toBe(false);
  });

  it('does nothing to a process that it was asked to forget', async () => {
    const guard = new Guard();
    guard.watch(watched.pid ?? NaN);
    guard.forget(watched.pid ?? NaN);

    await guard.end();

    expect(watched.signalCode).toBeNull();
  });

  it('does the same when its owner is killed', async () => {
    const owner = ownerOf(`{ watch: ${watched.pid ?? NaN} }`, `{ folder: ${JSON.stringify(folder)} }`);
    await once(owner.stdout, 'data');

    owner.kill('SIGKILL');

    await eventually(
      'the process is gone',
      () => watched.signalCode,
      (signal) => signal === 'SIGKILL',
    );
    await eventually('the folder is gone', () => !existsSync(folder));
  });
});

/** Another process that has started the guard and has sent it these requests. */
function ownerOf(...requests: string[]) {
  const guard = join(import.meta.dirname, '../guard.mjs');
  const script = `
    const options = { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] };
    const guard = require('node:child_process').spawn(process.execPath, [${JSON.stringify(guard)}], options);
    for (const request of [${requests.join(', ')}]) guard.send(request);
    guard.once('spawn', () => setTimeout(() => console.log('sent'), 500));`;
  return spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}
