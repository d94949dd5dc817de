import { Module } from '@nestjs/common';
import { FileCourier } from './file-courier.js';
import { FileOutboxConfig } from './file-outbox.config.js';

/** Offers a FileCourier for the directory of FileOutboxConfig. */
@Module({
  providers: [{ provide: FileCourier, useFactory: courierOf, inject: [FileOutboxConfig] }],
  exports: [FileCourier],
})
export class FileOutboxModule {}

function courierOf({ dirname }: FileOutboxConfig): FileCourier {
  if (dirname === undefined) throw new Error('the directory of the files is not set');
  return new FileCourier(dirname);
}
