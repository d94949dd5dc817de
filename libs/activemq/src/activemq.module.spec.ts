import { aConfig } from '@comms/config/testing';
import { StompBroker } from '@comms/stomp-broker';
import { describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ActiveMqModule } from './activemq.module.js';
import { BrokerConfig } from './broker.config.js';
import { QueueConfig } from './queue.config.js';
import { QueueCourier } from './queue-courier.js';
import { aBrokerConfig } from './testing/a-broker-config.js';
import { eventually } from './testing/eventually.js';

describe('ActiveMqModule', () => {
  it('offers a courier, and closes it with the application', async () => {
    const broker = await StompBroker.start();
    const module = await Test.createTestingModule({
      imports: [configurationOf(broker.port), ActiveMqModule],
    }).compile();
    await module.get(QueueCourier).prepare();
    expect(broker.connections).toBe(1);
    await module.close();
    await eventually('the connection is closed', () => broker.connections === 0);
    await broker.stop();
  });
});

function configurationOf(port: number) {
  @Global()
  @Module({
    providers: [
      { provide: BrokerConfig, useValue: aBrokerConfig({ url: [`stomp://127.0.0.1:${port}`] }) },
      { provide: QueueConfig, useValue: aConfig(QueueConfig) },
    ],
    exports: [BrokerConfig, QueueConfig],
  })
  class Configuration {}
  return Configuration;
}
