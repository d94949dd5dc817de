/**
 * Keeps one server process, started aside with an IPC channel to its owner. When the owner goes away, however it
 * went, the channel closes: the guard then kills the server and removes its folder, so that no run leaves anything.
 *
 * Plain JavaScript, since it runs both beside the sources (under Jest) and beside the built files.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';

const STOP_LIMIT_MS = 10_000;
/** The signals that a process can't answer, and so can't pass on to its children. */
const TO_ALL = new Set(['SIGKILL', 'SIGSTOP', 'SIGCONT']);

let server;
let spec;
let ended = Promise.resolve();

process.on('message', (message) => {
  if (message.start) start(message.start);
  if (message.signal) {
    signal(message.signal);
    tell({ signalled: true });
  }
  if (message.stop) void stop(spec?.stopSignal ?? 'SIGTERM');
});
process.on('disconnect', () => void stop(spec?.hurrySignal ?? 'SIGKILL'));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => void stop('SIGKILL'));

function start(next) {
  spec = next;
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
  void ended.then((end) => tell({ ended: end.reason }));
}

/** To the whole server; for a container to its first process, since the client passes on neither KILL nor STOP. */
function signal(name) {
  if (spec?.container) {
    spawnSync('docker', ['kill', '--signal', name, spec.container], { stdio: 'ignore' });
    return;
  }
  if (server?.pid === undefined) return;
  const children = TO_ALL.has(name) ? childrenOf(server.pid) : [];
  for (const pid of [-server.pid, ...children]) {
    try {
      process.kill(pid, name);
    } catch {
      // It ended by itself.
    }
  }
}

/** PostgreSQL's backends are children that leave the process group; only Linux tells them without a further program. */
function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

async function stop(name) {
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
  if (spec?.folder) rmSync(spec.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(0);
}

/** Also before a start: the one that was killed may not be gone yet, and its name is needed. */
function removeContainer() {
  if (spec?.container) spawnSync('docker', ['rm', '--force', spec.container], { stdio: 'ignore' });
}

/** A file system that was killed leaves its mount behind, and so does one whose mount is in use. */
function unmount() {
  if (spec?.mountPoint) spawnSync('fusermount3', ['-u', '-z', '-q', spec.mountPoint], { stdio: 'ignore' });
}

function tell(message) {
  if (process.connected) process.send(message, () => undefined);
}
