import type { Random } from '../world/random.js';
import type { World } from '../world/world.js';
import type { VirtualSocket } from '../network/virtual-socket.js';
import type { VirtualFiles } from '../disk/virtual-files.js';

/** What code meets when it asks Node for time, sockets, files or chance. */
export interface Surroundings {
  readonly world: World;
  readonly random: Random;
  readonly files: VirtualFiles;
  connect(address: { readonly host: string; readonly port: number }): VirtualSocket;
}
