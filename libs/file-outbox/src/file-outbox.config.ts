import { Property } from '@comms/config';

/** The directory of a daemon that delivers to files. */
export class FileOutboxConfig {
  @Property('.extract.to.dirname', {
    type: 'string',
    description: 'Directory that the files are put into; needed when `…extract.to.type` is `file`.',
    allowed: 'an existing directory that the daemon may read and write',
  })
  readonly dirname?: string;
}
