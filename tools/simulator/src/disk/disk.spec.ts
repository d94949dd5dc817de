import { describe, expect, it } from '@jest/globals';
import { Random } from '../world/random.js';
import { World } from '../world/world.js';
import { Disk } from './disk.js';

describe('a disk that loses power', () => {
  it.each(seeds())(
    'keeps a file that was synced before it was renamed and its directory after it',
    (seed) => {
      const disk = setup(seed);
      put(disk);
      disk.syncDirectory();
      expect(disk.durable('1.json')).toBe('content');
      disk.losePower();
      expect(disk.entries.get('1.json')?.content).toBe('content');
    },
  );

  it('may lose the name of a file whose directory was not synced', () => {
    const lost = seeds().filter((seed) => {
      const disk = setup(seed);
      put(disk);
      disk.losePower();
      return !disk.entries.has('1.json');
    });
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(seeds().length);
  });

  it('loses what was written before a sync that failed, even when a later one succeeds', () => {
    const disk = setup(1);
    const inode = disk.create('1.json');
    disk.write(inode, 'content');
    disk.hindrance = 'EIO';
    expect(() => {
      disk.sync(inode);
    }).toThrow('EIO');
    disk.hindrance = undefined;
    disk.sync(inode);
    disk.syncDirectory();
    expect(disk.durable('1.json')).toBeUndefined();
  });
});

function seeds(): number[] {
  return Array.from({ length: 20 }, (_, i) => i + 1);
}

function setup(seed: number): Disk {
  return new Disk(new World(new Random(seed)));
}

function put(disk: Disk): void {
  const inode = disk.create('1.json.tmp');
  disk.write(inode, 'content');
  disk.sync(inode);
  disk.rename('1.json.tmp', '1.json');
}
