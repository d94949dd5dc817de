import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { aLog } from '../testing/a-log.js';
import { NestLog } from './nest-log.js';

describe('NestLog', () => {
  it("writes the framework's start-up at debug", () => {
    const { logger, lines } = setup('InstanceLoader');
    logger.log('AppModule dependencies initialized');
    expect(lines()).toMatchObject([
      { level: 'debug', msg: 'AppModule dependencies initialized', context: 'InstanceLoader' },
    ]);
  });

  it('keeps warnings and errors at their level', () => {
    const { logger, lines } = setup('Scheduler');
    logger.warn('w');
    logger.error('e');
    logger.fatal('f');
    expect(lines().map(({ level }) => level)).toEqual(['warn', 'error', 'error']);
  });

  it('writes only the parts of an error that the log allows', () => {
    const { logger, lines, text } = setup('ExceptionsHandler');
    logger.error(new Error('Hello Ann'), 'Error: Hello Ann\n    at x (y.js:1:2)');
    expect(lines()).toMatchObject([{ msg: 'the framework met an error', error: { type: 'Error' } }]);
    expect(text()).not.toContain('Ann');
  });
});

function setup(context: string) {
  const { log, lines, text } = aLog();
  Logger.overrideLogger(new NestLog(log));
  return { logger: new Logger(context), lines, text };
}
