import { describe, expect, it } from '@jest/globals';

import { describeProperties } from './describe-properties.js';
import { Property } from './property.js';

class BaseConfig {
  @Property('comms.datasource.url', {
    type: 'string',
    required: true,
    secret: 'url-password',
    description: 'The database.',
    allowed: 'postgres://…',
  })
  readonly url!: string;
}

class ExtractConfig extends BaseConfig {
  @Property('.extract.batch-size', {
    type: 'integer',
    default: 200,
    between: [1, 500],
    description: 'Rows in a batch.',
  })
  readonly batchSize!: number;

  @Property('.extract.to.queue', {
    type: 'string',
    default: (prefix) => `${prefix}.out`,
    description: 'The queue.',
  })
  readonly queue!: string;
}

describe('describeProperties', () => {
  it('describes each property, inherited ones first, with all that a manual needs', () => {
    expect(describeProperties([{ type: ExtractConfig, prefix: 'comms.sms' }])).toEqual([
      {
        key: 'comms.datasource.url',
        type: 'string',
        description: 'The database.',
        allowed: 'postgres://…',
        required: true,
        secret: true,
        environmentName: 'COMMS_DATASOURCE_URL',
        className: 'ExtractConfig',
      },
      {
        key: 'comms.sms.extract.batch-size',
        type: 'integer',
        description: 'Rows in a batch.',
        allowed: '1 to 500',
        between: [1, 500],
        default: '200',
        required: false,
        secret: false,
        environmentName: 'COMMS_SMS_EXTRACT_BATCH_SIZE',
        className: 'ExtractConfig',
      },
      {
        key: 'comms.sms.extract.to.queue',
        type: 'string',
        description: 'The queue.',
        allowed: 'a text',
        default: 'comms.sms.out',
        required: false,
        secret: false,
        environmentName: 'COMMS_SMS_EXTRACT_TO_QUEUE',
        className: 'ExtractConfig',
      },
    ]);
  });

  it('does not change a class that is extended', () => {
    expect(describeProperties([{ type: BaseConfig }]).map(({ key }) => key)).toEqual([
      'comms.datasource.url',
    ]);
  });
});
