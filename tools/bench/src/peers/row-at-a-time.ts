import 'reflect-metadata';
import { CommsRequestTargetDistribution } from '@comms/distribution-store';
import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Distribution, OutboundMethod, Priority } from '@comms/distribution';
import type { OpenPeer, PeerAccess } from './peer.js';
import { StompPublisher } from './stomp-publisher.js';

/** A NestJS service as it is usually written: a page of rows from the repository, each published, then saved. */
export const openRowAtATime: OpenPeer = async (access) => {
  const app = await NestFactory.createApplicationContext(RowAtATimeModule.of(access));
  const service = app.get(DistributionService);
  let working = Promise.resolve();
  return {
    begin: () => (working = service.distribute()),
    rest: () => working,
  };
};

@Injectable()
class DistributionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: StompPublisher,
  ) {}

  /** What a cron job would call: works until nothing waits. */
  async distribute(): Promise<void> {
    const rows = this.dataSource.getRepository(CommsRequestTargetDistribution);
    for (;;) {
      const page = await rows.find({
        where: { deliveryMethod: 'PUSH', distributionStatus: 'D' },
        order: { priority: 'ASC', commsRequestTargetDistributionId: 'ASC' },
        take: PAGE,
      });
      if (page.length === 0) return;
      for (const row of page) {
        await this.publisher.publish(distributionOf(row));
        row.distributionStatus = 'S';
        row.sentDateTime = new Date();
        await rows.save(row);
      }
    }
  }
}

const PAGE = 500;

@Module({ providers: [DistributionService] })
class RowAtATimeModule {
  static of({ datasource, broker, queue }: PeerAccess): DynamicModule {
    const entities = [CommsRequestTargetDistribution];
    const dataSource = () => new DataSource({ type: 'postgres', url: datasource.url, entities }).initialize();
    return {
      module: RowAtATimeModule,
      providers: [
        { provide: DataSource, useFactory: dataSource },
        { provide: StompPublisher, useFactory: () => StompPublisher.connect(broker, queue) },
      ],
    };
  }
}

/** What the message is made of, from an entity. */
function distributionOf(row: CommsRequestTargetDistribution): Distribution {
  return {
    distributionId: row.commsRequestTargetDistributionId,
    commsRequestId: row.commsRequestId,
    commsCode: row.commsCode,
    deliveryMethod: row.deliveryMethod as OutboundMethod,
    priority: row.priority as Priority,
    target: row.target,
    alias: row.aliasValue,
    messageTooLong: false,
    message: row.message,
    retryCount: row.retryCount,
    timeExclusion: null,
    sending: '0',
  };
}
