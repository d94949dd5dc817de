import { VirtualTimer } from './virtual-timer.js';
import type { Random } from '../world/random.js';
import type { World } from '../world/world.js';
import type { VirtualSocket } from '../network/virtual-socket.js';
import type { VirtualFiles } from '../disk/virtual-files.js';

let virtualWorld: VirtualWorld | undefined;

/**
 * Replaces what the product's code takes from Node: timers, sockets, files, random bytes. It passes on to Node until
 * {@link enter}. Under Jest, whatever has imported these modules before keeps what it has: the product's code is to be
 * loaded after it, and this file imports none of them.
 */
export function standBeforeNode(): void {
  if (standing) return;
  standing = true;
  for (const [name, fake] of Object.entries(GLOBALS)) stand(globalThis, name, fake);
  stand(Date, 'now', ({ world }) => world.wallClock());
  stand(process.getBuiltinModule('node:net'), 'connect', (around, address) =>
    around.connect(address as { host: string; port: number }),
  );
  stand(process.getBuiltinModule('node:timers/promises'), 'setTimeout', ({ world }, delay, value) =>
    pause(world, delay as number, value),
  );
  stand(process.getBuiltinModule('node:crypto'), 'randomBytes', ({ random }, size) =>
    Buffer.from(Array.from({ length: size as number }, () => random.int(0, 255))),
  );
  stand(process.getBuiltinModule('node:crypto'), 'randomUUID', ({ random }) =>
    Array.from({ length: 12 }, () => random.int(0, 15).toString(16)).join(''),
  );
  for (const name of ['open', 'fstat', 'fchmod', 'writeFile', 'fsync', 'close', 'rename', 'unlink'] as const)
    stand(process.getBuiltinModule('node:fs'), name, ({ files }, ...args) => {
      const callback = args.pop() as AnyFunction;
      const done = (files.calls[name] as AnyFunction).apply(files.calls, args) as Promise<unknown>;
      done.then((value) => callback(null, value), callback);
    });
  for (const name of ['open', 'rename', 'unlink', 'readdir', 'stat'] as const)
    stand(process.getBuiltinModule('node:fs/promises'), name, ({ files }, ...args) =>
      (files[name] as AnyFunction).apply(files, args),
    );
  process.getBuiltinModule('node:module').syncBuiltinESMExports();
}

/** From here until {@link leave}, all that code asks of Node happens in this world. */
export function enter(around: VirtualWorld): void {
  virtualWorld = around;
}

export function leave(): void {
  virtualWorld = undefined;
}

let standing = false;

type AnyFunction = (...args: unknown[]) => unknown;
type Fake = (around: VirtualWorld, ...args: unknown[]) => unknown;

const GLOBALS: Readonly<Record<string, Fake>> = {
  setTimeout: ({ world }, ...[action, delay, ...args]) =>
    VirtualTimer.once(world, delay as number, bound(action, args)),
  setInterval: ({ world }, ...[action, delay, ...args]) =>
    VirtualTimer.every(world, delay as number, bound(action, args)),
  setImmediate: ({ world }, action, ...args) => VirtualTimer.soon(world, bound(action, args)),
  clearTimeout: clear,
  clearInterval: clear,
  clearImmediate: clear,
};

function bound(action: unknown, args: readonly unknown[]): () => void {
  return () => {
    (action as AnyFunction)(...args);
  };
}

function clear(_: VirtualWorld, timer: unknown): void {
  if (timer instanceof VirtualTimer) timer.clear();
}

function pause(world: VirtualWorld['world'], delay: number, value: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    VirtualTimer.once(world, delay, () => {
      resolve(value);
    });
  });
}

function stand(owner: object, name: string, fake: Fake): void {
  const real = Reflect.get(owner, name) as AnyFunction;
  const replacement = function (this: unknown, ...args: unknown[]): unknown {
    return virtualWorld === undefined ? real.apply(this, args) : fake(virtualWorld, ...args);
  };
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(real));
  Reflect.set(owner, name, replacement);
}

/** What code gets when it asks Node for time, sockets, files or random numbers. */
interface VirtualWorld {
  readonly world: World;
  readonly random: Random;
  readonly files: VirtualFiles;
  connect(address: { readonly host: string; readonly port: number }): VirtualSocket;
}
