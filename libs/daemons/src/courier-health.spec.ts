import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@comms/daemon-runtime/testing';
import type { CourierCondition } from '@comms/delivery';
import { InMemoryCourier } from '@comms/delivery/testing';
import { CourierHealth } from './courier-health.js';

describe('CourierHealth', () => {
  it('reports what the courier last saw, under the name of its part', async () => {
    const { health, courier } = setup({ state: 'blocked', code: 'BROKER_BLOCKED', text: 'No receipt.' });
    expect(health.part).toBe('broker');
    expect(await health.check()).toEqual({
      state: 'blocked',
      since: courier.condition().since,
      name: 'memory',
      code: 'BROKER_BLOCKED',
      text: 'No receipt.',
    });
  });

  it('makes a courier that is not up try again, but not with each question', async () => {
    const { health, courier, clock } = setup({ state: 'down' });
    await health.check();
    await health.check();
    expect(courier.preparations).toBe(1);
    await clock.advance(5_000);
    await health.check();
    expect(courier.preparations).toBe(2);
  });

  it('does nothing to a courier that is up', async () => {
    const { health, courier } = setup({ state: 'up' });
    await health.check();
    expect(courier.preparations).toBe(0);
  });
});

function setup(condition: Partial<CourierCondition>) {
  const clock = new FakeClock();
  const courier = new InMemoryCourier();
  Object.assign(courier.current, condition);
  return { clock, courier, health: new CourierHealth(courier, clock) };
}
