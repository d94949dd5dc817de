import { describe, expect, it } from '@jest/globals';
import { imageSetting } from './image-setting.js';

describe('imageSetting', () => {
  it('is what the Dockerfile has after Node.js in its entry point, and in its environment', async () => {
    expect(await imageSetting()).toEqual({
      nodeOptions: ['--max-semi-space-size=8'],
      environment: {
        NODE_ENV: 'production',
        MALLOC_ARENA_MAX: '1',
        MALLOC_MMAP_THRESHOLD_: '131072',
        MALLOC_TRIM_THRESHOLD_: '131072',
        UV_THREADPOOL_SIZE: '16',
      },
    });
  });
});
