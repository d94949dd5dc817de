import { aConfig } from '@comms/config/testing';
import { Log } from '@comms/daemon-runtime';
import { aLog } from '@comms/daemon-runtime/testing';
import { StompBroker } from '@comms/stomp-broker';
import { describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Registry } from 'prom-client';
import { ActiveMqModule } from './activemq.module.js';
import { BrokerConfig } from './broker.config.js';
import { QueueConfig } from './queue.config.js';
import { QueueCourier } from './queue-courier.js';
import { aBrokerConfig } from './testing/a-broker-config.js';

describe('ActiveMqModule', () => {
  it('offers a courier whose connection is logged and counted', async () => {
    const broker = await StompBroker.start();
    const { courier, lines, registry } = await setup(broker.port);
    await courier.prepare();
    expect(lines()).toEqual([expect.objectContaining({ level: 'info', msg: 'broker connected' })]);
    expect(await registry.metrics()).toContain('comms_broker_events_total{event="connected"} 1');
    await courier.close();
    await broker.stop();
  });

  it('logs trouble that repeats itself once, and counts each time', async () => {
    const broker = await StompBroker.start();
    const { courier, lines, registry } = await setup(broker.port);
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
    await courier.close();
  });
});

async function setup(port: number) {
  const { log, lines } = aLog();
  const registry = new Registry();
  const module = await Test.createTestingModule({
    imports: [surroundings(port, log, registry), ActiveMqModule],
  }).compile();
  return { courier: module.get(QueueCourier), lines, registry };
}

function surroundings(port: number, log: Log, registry: Registry) {
  const providers = [
    { provide: BrokerConfig, useValue: aBrokerConfig({ url: [`stomp://127.0.0.1:${port}`] }) },
    { provide: QueueConfig, useValue: aConfig(QueueConfig) },
    { provide: Log, useValue: log },
    { provide: Registry, useValue: registry },
  ];
  @Global()
  @Module({ providers, exports: providers.map(({ provide }) => provide) })
  class Surroundings {}
  return Surroundings;
}
