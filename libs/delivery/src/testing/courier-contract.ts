import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aDistribution } from '@comms/distribution/testing';
import type { Courier } from '../ports.js';
import { anOutboundMessage } from './an-outbound-message.js';

/** What a courier under test must offer besides its port. */
export interface CourierHarness {
  readonly courier: Courier;
  /** The bodies that have arrived so far, in any order. */
  arrived(): Promise<string[]>;
  /** Takes the broker or directory away, and brings it back. */
  breakDown(): Promise<void>;
  repair(): Promise<void>;
  close(): Promise<void>;
}

/** The promises of `Courier`; each implementation must keep them. */
export function describeCourier(name: string, open: () => Promise<CourierHarness>): void {
  describe(`${name} as a courier`, () => {
    let harness: CourierHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(async () => {
      await harness.close();
    });

    it('puts each message once and returns sent for each, in order', async () => {
      const messages = batch(25);
      const outcomes = await harness.courier.put(messages);
      expect(outcomes.map(({ kind }) => kind)).toEqual(messages.map(() => 'sent'));
      expect((await harness.arrived()).sort()).toEqual(messages.map(({ body }) => body).sort());
    });

    it('returns without throwing, and blames no row, while the other side is down', async () => {
      await harness.breakDown();
      const outcomes = await harness.courier.put(batch(3));
      expect(outcomes).toHaveLength(3);
      for (const { kind } of outcomes) expect(['untouched', 'unknown']).toContain(kind);
      expect(harness.courier.condition().state).toBe('down');
    });

    it('delivers again by itself once the other side is back', async () => {
      await harness.breakDown();
      await harness.courier.put(batch(1));
      await harness.repair();
      const [outcome] = await harness.courier.put(batch(1));
      expect(outcome?.kind).toBe('sent');
      expect(harness.courier.condition().state).toBe('up');
    });
  });
}

function batch(size: number) {
  return Array.from({ length: size }, (_, i) =>
    anOutboundMessage({
      distribution: aDistribution({ distributionId: String(i + 1) }),
      body: `{"message":"${i + 1} 🙂"}`,
    }),
  );
}
