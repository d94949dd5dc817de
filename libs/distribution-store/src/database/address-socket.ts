import { Socket } from 'node:net';

/**
 * What the driver connects through: where the host's name has several addresses, each gets a fair part of the
 * `connectTimeout` (milliseconds), and not the quarter of a second that is Node's own.
 */
export function addressSocket(connectTimeout: number): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  const autoSelectFamilyAttemptTimeout = Math.floor(connectTimeout / ADDRESSES);
  return Object.assign(socket, {
    /** As the driver calls it: with a port and a host, or with the path of a Unix socket. */
    connect: (place: number | string, host?: string) =>
      host === undefined
        ? connect(String(place))
        : connect({ port: Number(place), host, autoSelectFamilyAttemptTimeout }),
  });
}

/** As many addresses of one name are tried within the time for a connection, the last of them to its end. */
const ADDRESSES = 3;
