import { Property } from '@comms/config';
import { IsIn } from 'class-validator';

export type Route = 'queue' | 'file';

/** Where sms-to-handset delivers to; the other daemons know queues alone. */
export class RouteConfig {
  @Property('.extract.to.type', {
    type: 'string',
    default: 'queue',
    description: 'Whether messages go to a queue or into files of a directory.',
    allowed: 'queue or file',
  })
  @IsIn(['queue', 'file'])
  readonly type!: Route;
}
