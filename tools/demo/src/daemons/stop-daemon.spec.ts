import type { End } from '@comms/kit';
import { describe, expect, it } from '@jest/globals';
import { stopDaemon } from './stop-daemon.js';

describe('stopDaemon', () => {
  it('takes a daemon that ends with 0', async () => {
    await expect(stopDaemon(aDaemon({ end: 0, atWork: true }))).resolves.toBeUndefined();
  });

  it('rejects where a daemon at work does not handle SIGTERM', async () => {
    const stopped = stopDaemon(aDaemon({ end: 'SIGTERM', atWork: true }));

    await expect(stopped).rejects.toThrow('ended with SIGTERM after SIGTERM');
  });

  it('takes a daemon that SIGTERM ends while it starts', async () => {
    await expect(stopDaemon(aDaemon({ end: 'SIGTERM', atWork: false }))).resolves.toBeUndefined();
  });

  it('does nothing to a daemon that has ended', async () => {
    const ended = aDaemon({ end: 1, atWork: true, hasExited: true });

    await expect(stopDaemon(ended)).resolves.toBeUndefined();
  });
});

function aDaemon({ end, atWork, hasExited = false }: { end: End; atWork: boolean; hasExited?: boolean }) {
  return { atWork, child: { hasExited, stop: () => Promise.resolve(end) } };
}
