/**
 * Runs as a separate process, with an IPC channel to its owner. When the owner is gone, for whatever reason, the
 * channel closes. The guard then kills the processes that it watches, ends the server that it has started, and removes
 * their folders, so that no run leaves anything.
 *
 * Plain JavaScript, since it runs next to the sources (under Jest) as well as next to the built files.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';

const STOP_LIMIT_MS = 10_000;
/** The signals that a process can't handle, and so can't pass on to its children. */
const TO_ALL = new Set(['SIGKILL', 'SIGSTOP', 'SIGCONT']);

/** The pids of the processes that the owner has started itself. */
const watched = new Set();
const folders = new Set();
let server;
let spec;
let ended = Promise.resolve();

process.on('message', (message) => {
  if (message.watch) watched.add(message.watch);
  if (message.forget) watched.delete(message.forget);
  if (message.folder) folders.add(message.folder);
  if (message.start) start(message.start);
  if (message.signal) {
    signal(message.signal);
    report({ signalled: true });
  }
  if (message.stop) void stop(spec?.stopSignal ?? 'SIGTERM');
});
process.on('disconnect', () => void stop(spec?.hurrySignal ?? 'SIGKILL'));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => void stop('SIGKILL'));
// The owner may have ended before this process had begun to listen.
if (!process.connected) void stop('SIGKILL');

function start(next) {
  spec = next;
  folders.add(spec.folder);
  removeContainer();
  const log = openSync(spec.logFile, 'a');
  server = spawn(spec.command, spec.args, {
    ...spec.options,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const child = server;
  ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ reason: error.message }));
    child.once('exit', (code, signalName) => resolve({ reason: `exit ${signalName ?? code}` }));
  });
  void ended.then((end) => report({ ended: end.reason }));
}

/** Sends a signal to the whole server. A container gets it directly, since the client passes on neither KILL nor STOP. */
function signal(name) {
  if (spec?.container) {
    spawnSync('docker', ['kill', '--signal', name, spec.container], { stdio: 'ignore' });
    return;
  }
  if (server?.pid === undefined) return;
  const children = TO_ALL.has(name) ? childrenOf(server.pid) : [];
  for (const pid of [-server.pid, ...children]) kill(pid, name);
}

function kill(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

/** PostgreSQL's backends are children that leave the process group. Only Linux lists them without a further program. */
function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

async function stop(name) {
  for (const pid of watched) kill(pid, 'SIGKILL');
  if (server?.exitCode === null && server.signalCode === null) {
    signal('SIGCONT');
    signal(name);
    const timer = setTimeout(() => signal('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(timer);
    signal('SIGKILL');
  }
  removeContainer();
  unmount();
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(0);
}

/** Also before a start: a killed container may not be gone yet, and its name is needed. */
function removeContainer() {
  if (spec?.container) spawnSync('docker', ['rm', '--force', spec.container], { stdio: 'ignore' });
}

/** A file system that was killed leaves its mount behind, and so does one whose mount is in use. */
function unmount() {
  if (spec?.mountPoint) spawnSync('fusermount3', ['-u', '-z', '-q', spec.mountPoint], { stdio: 'ignore' });
}

function report(message) {
  if (process.connected) process.send(message, () => undefined);
}
