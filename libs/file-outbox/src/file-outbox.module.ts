import { Log } from '@comms/daemon-runtime';
import { Module } from '@nestjs/common';
import { FileCourier } from './file-courier.js';
import { FileOutboxConfig } from './file-outbox.config.js';

/** Offers a FileCourier for the directory of FileOutboxConfig, which logs what the file system lacks. */
@Module({
  providers: [{ provide: FileCourier, useFactory: courierOf, inject: [FileOutboxConfig, Log] }],
  exports: [FileCourier],
})
export class FileOutboxModule {}

function courierOf({ dirname }: FileOutboxConfig, log: Log): FileCourier {
  if (dirname === undefined) throw new Error('the directory of the files is not set');
  return new FileCourier(dirname, (shortcoming) => {
    log.warn('directory degraded', { directory: dirname, ...shortcoming });
  });
}
