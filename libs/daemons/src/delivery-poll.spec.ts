import { aConfig } from '@comms/config/testing';
import { DaemonMetrics } from '@comms/daemon-runtime';
import { FakeClock } from '@comms/daemon-runtime/testing';
import { type PutOutcome, RetryPolicy } from '@comms/delivery';
import { InMemoryCourier, InMemoryDistributionStore } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { createDocumentWriter } from '@comms/message-json';
import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { DeliveryPoll } from './delivery-poll.js';
import { ExtractConfig } from './extract.config.js';
import { JsonEncoder } from './json-encoder.js';

describe('DeliveryPoll', () => {
  it('asks for another poll while its batches are full', async () => {
    const { daemon } = setup({ rows: 3, extract: { batchSize: 2 } });
    expect(await daemon.poll()).toEqual({ next: 'more', distributed: 2, retried: 0, failed: 0 });
    expect(await daemon.poll()).toEqual({ next: 'idle', distributed: 1, retried: 0, failed: 0 });
  });

  it.each([
    ['its batch size', { batchSize: 700, rowsInHand: 6_000, batchesInHand: 3 }, [500, 700, 700]],
    [
      'its part of the rows in hand',
      { batchSize: 2_000, rowsInHand: 1_800, batchesInHand: 3 },
      [500, 600, 600],
    ],
    ['one row', { batchSize: 2_000, rowsInHand: 2, batchesInHand: 3 }, [1, 1, 1]],
  ])('takes more with each full batch that is quick, up to %s', async (_, extract, expected) => {
    const { daemon } = setup({ rows: 3_000, extract });
    const polls = [];
    for (let poll = 0; poll < 3; poll++) polls.push((await daemon.poll()).distributed);
    expect(polls).toEqual(expected);
  });

  it('loads no text that is longer than the configuration allows', async () => {
    const { daemon, store, courier } = setup({ rows: 0, extract: { maxMessageBytes: 1024 } });
    store.insert(aDistribution({ distributionId: '1', message: 'x'.repeat(1025) }));
    store.insert(aDistribution({ distributionId: '2', message: 'x'.repeat(1024) }));
    expect(await daemon.poll()).toMatchObject({ distributed: 1, failed: 1 });
    expect(store.row('1')).toMatchObject({ status: 'E', code: 'MESSAGE_TOO_LONG' });
    expect(courier.accepted).toHaveLength(1);
  });

  it('counts rows that are set aside, and reports them as failed', async () => {
    const { daemon, store, registry } = setup({ rows: 3 });
    store.refusals.set('1', ['S']);
    store.refusals.set('2', ['S', 'E']);
    expect(await daemon.poll()).toEqual({ next: 'idle', distributed: 1, retried: 0, failed: 2 });
    expect(store.row('1')).toMatchObject({ status: 'E', code: 'MESSAGE_PUT_NOT_RECORDED' });
    const metric = await registry.getSingleMetricAsString('comms_distributions_total');
    expect(metric).toContain('{outcome="failed"} 1');
    expect(metric).toContain('{outcome="set-aside"} 1');
  });

  it('counts rows that another program changed while their message was in hand', async () => {
    const { daemon, store, registry } = setup({ rows: 2, whilePut: () => (store.row('1').status = 'E') });
    await daemon.poll();
    const metric = await registry.getSingleMetricAsString('comms_rows_changed_elsewhere_total');
    expect(metric).toContain('comms_rows_changed_elsewhere_total 1');
  });

  it('gives rows the status that the configuration names', async () => {
    const { daemon, store } = setup({ rows: 1, extract: { distributionStatus: 'P' } });
    await daemon.poll();
    expect(store.statuses()).toEqual(['P']);
  });

  it('reports the trouble of the courier, which is no failure of a row', async () => {
    const trouble = { code: 'BROKER_DOWN', text: 'No broker.' };
    const { daemon } = setup({ rows: 1, answer: { kind: 'untouched', ...trouble } });
    expect(await daemon.poll()).toEqual({ next: 'idle', distributed: 0, retried: 0, failed: 0, trouble });
  });

  it('counts rows by their result, and has each result from the start', async () => {
    const { daemon, registry } = setup({ rows: 2, answer: { kind: 'retry', code: 'C', text: 't' } });
    await daemon.poll();
    const metric = await registry.getSingleMetricAsString('comms_distributions_total');
    expect(metric).toContain('{outcome="delivered"} 0');
    expect(metric).toContain('{outcome="retried"} 2');
    expect(metric).toContain('{outcome="failed"} 0');
  });
});

interface Setup {
  readonly rows: number;
  readonly extract?: Partial<ExtractConfig>;
  readonly answer?: PutOutcome;
  /** Called while the messages are put. */
  readonly whilePut?: () => unknown;
}

function setup({ rows, extract, answer, whilePut }: Setup) {
  const store = new InMemoryDistributionStore();
  for (let id = 1; id <= rows; id++) store.insert(aDistribution({ distributionId: String(id) }));
  const config = aConfig(ExtractConfig, extract, 'comms.handset.monitor');
  const registry = new Registry();
  const courier = new InMemoryCourier(() => {
    whilePut?.();
    return answer;
  });
  const ports = {
    store,
    courier,
    encoder: new JsonEncoder(createDocumentWriter()),
    retryPolicy: new RetryPolicy(config),
  };
  const daemon = new DeliveryPoll(ports, config, {
    metrics: new DaemonMetrics(registry),
    clock: new FakeClock(),
  });
  return { daemon, store, courier, registry };
}
