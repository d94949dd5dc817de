import { describe, expect, it } from '@jest/globals';
import { Teardown } from './teardown.js';

describe('Teardown', () => {
  it('ends the last thing first, and waits for each', async () => {
    const ended: string[] = [];
    const teardown = new Teardown();
    teardown.add('server', async () => {
      await Promise.resolve();
      ended.push('server');
    });
    teardown.add('client', async () => {
      await Promise.resolve();
      ended.push('client');
    });

    expect(await teardown.run()).toEqual([]);
    expect(ended).toEqual(['client', 'server']);
  });

  it('goes on after a step that fails, and names it', async () => {
    const ended: string[] = [];
    const teardown = new Teardown();
    teardown.add('folder', async () => {
      ended.push('folder');
      return Promise.resolve();
    });
    teardown.add('broker', () => Promise.reject(new Error('is stuck')));

    expect(await teardown.run()).toEqual(['broker: is stuck']);
    expect(ended).toEqual(['folder']);
  });

  it('takes each step once', async () => {
    let ended = 0;
    const teardown = new Teardown();
    teardown.add('thing', () => Promise.resolve(void (ended += 1)));

    await teardown.run();
    await teardown.run();

    expect(ended).toBe(1);
  });
});
