import { describe, expect, it } from '@jest/globals';

import { Property } from '../property.js';
import { aConfig } from './a-config.js';
import { aConfiguration } from './a-configuration.js';

class ExtractConfig {
  @Property('.extract.interval', { type: 'duration', default: '2s', description: 'Pause.' })
  readonly interval!: number;

  @Property('.extract.to.queue', {
    type: 'string',
    default: (prefix) => `${prefix}.out`,
    description: 'Queue.',
  })
  readonly queue!: string;
}

describe('aConfig', () => {
  it('has the defaults except for the given values, and is frozen', () => {
    const config = aConfig(ExtractConfig, { queue: 'q' });

    expect(config).toEqual({ interval: 2_000, queue: 'q' });
    expect(config).toBeInstanceOf(ExtractConfig);
    expect(Object.isFrozen(config)).toBe(true);
    expect(aConfig(ExtractConfig, {}, 'comms.sms').queue).toBe('comms.sms.out');
  });
});

describe('aConfiguration', () => {
  it('behaves as a loaded configuration does', () => {
    const config = aConfig(ExtractConfig);
    const configuration = aConfiguration([config], 'comms.sms.monitor');

    expect(configuration.get(ExtractConfig)).toBe(config);
    expect(configuration.keyOf(ExtractConfig, 'queue')).toBe('comms.sms.monitor.extract.to.queue');
    expect(configuration.properties[0]).toMatchObject({ value: 2_000, source: 'test' });
  });

  it('refuses classes that it does not hold', () => {
    const configuration = aConfiguration([]);

    expect(() => configuration.get(ExtractConfig)).toThrow(
      expect.objectContaining({ code: 'CLASS_NOT_LOADED' }),
    );
    expect(() => configuration.keyOf(ExtractConfig, 'queue')).toThrow(
      expect.objectContaining({ code: 'FIELD_NOT_DECLARED' }),
    );
  });
});
