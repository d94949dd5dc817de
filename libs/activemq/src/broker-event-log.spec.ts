import { aConfig } from '@comms/config/testing';
import { aLog } from '@comms/daemon-runtime/testing';
import { StompBroker } from '@comms/stomp-broker';
import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { BrokerEventLog } from './broker-event-log.js';
import { QueueConfig } from './queue.config.js';
import { QueueCourier } from './queue-courier.js';
import { aBrokerConfig } from './testing/a-broker-config.js';

describe('BrokerEventLog', () => {
  it('logs and counts the connection of a courier', async () => {
    const broker = await StompBroker.start();
    const { courier, lines, registry } = setup(broker.port);
    await courier.prepare();
    expect(lines()).toEqual([expect.objectContaining({ level: 'info', msg: 'broker connected' })]);
    expect(await registry.metrics()).toContain('comms_broker_events_total{event="connected"} 1');
    await courier.stop();
    await broker.stop();
  });

  it('logs trouble that repeats itself once, and counts each time', async () => {
    const broker = await StompBroker.start();
    const { courier, lines, registry } = setup(broker.port);
    await broker.stop();
    await courier.prepare();
    await courier.prepare();
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'warn',
        msg: 'broker connect-failed',
        code: 'BROKER_REFUSED_CONNECTION',
      }),
    ]);
    expect(await registry.metrics()).toContain('comms_broker_events_total{event="connect-failed"} 2');
    await courier.stop();
  });
});

function setup(port: number) {
  const { log, lines } = aLog();
  const registry = new Registry();
  const broker = aBrokerConfig({ url: [`stomp://127.0.0.1:${port}`] });
  const courier = new QueueCourier(broker, aConfig(QueueConfig));
  courier.subscribe(new BrokerEventLog(log, registry).tell);
  return { courier, lines, registry };
}
