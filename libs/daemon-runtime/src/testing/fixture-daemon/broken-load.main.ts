import { type LoadedApp, startDaemon } from '../../process/start-daemon.js';

/** A daemon that an incomplete installation left without a module. */
await startDaemon(async () => {
  const missing = './no-such-module.js';
  return (await import(missing)) as LoadedApp;
});
