import { describe, expect, it } from '@jest/globals';
import { imageNodeOptions } from './image-node-options.js';

describe('imageNodeOptions', () => {
  it('are what stands behind Node.js in the entry point of the Dockerfile', async () => {
    expect(await imageNodeOptions()).toEqual(['--max-semi-space-size=8']);
  });
});
