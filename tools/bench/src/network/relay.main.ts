import { connect, createServer, type Socket } from 'node:net';

/**
 * A relay before one server of this machine, in place of a network: `relay.main.js <port> <port of the server> <ms>`. It
 * passes requests on at once, and holds back each reply for a whole round trip. It says `listening`, and ends by a signal.
 */
const [port = NaN, serverPort = NaN, roundTripMs = NaN] = process.argv.slice(2).map(Number);

const relay = createServer({ noDelay: true, allowHalfOpen: true }, (program) => {
  const server = connect({ host: '127.0.0.1', port: serverPort, noDelay: true, allowHalfOpen: true });
  program.pipe(server);
  passOnLate(server, program);
  endTogether(program, server);
  endTogether(server, program);
});

function passOnLate(from: Socket, to: Socket): void {
  from.on('data', (bytes) => {
    later(() => to.write(bytes));
  });
  from.on('end', () => {
    later(() => to.end());
  });
}

function endTogether(one: Socket, other: Socket): void {
  one.on('error', () => undefined);
  one.on('close', () => {
    later(() => other.destroy());
  });
}

/** Timers of the same length fire in the order in which they were set. */
function later(action: () => void): void {
  if (roundTripMs === 0) action();
  else setTimeout(action, roundTripMs);
}

relay.listen(port, '127.0.0.1', () => process.send?.('listening'));
