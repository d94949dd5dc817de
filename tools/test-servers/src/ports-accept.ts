import { connect } from 'node:net';

/** Whether each of these ports of 127.0.0.1 accepts a connection. */
export async function portsAccept(ports: readonly number[]): Promise<boolean> {
  return (await Promise.all(ports.map(accepts))).every(Boolean);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
