import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * A TCP connection in the shape of a WebSocket, which is all that @stomp/stompjs knows: for `stomp://host:port` and
 * `stomp+ssl://host:port`. It is `reached` once it was open. Authorities of your own: NODE_EXTRA_CA_CERTS.
 */
export function stompSocket(brokerUrl) {
  const { protocol, hostname, port } = new URL(brokerUrl);
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
  const encrypted = protocol === 'stomp+ssl:';
  const tcp = encrypted
    ? connectTls({ ...address, ...(isIP(hostname) === 0 && { servername: hostname }) })
    : connectTcp(address);
  const socket = {
    url: brokerUrl,
    readyState: 0,
    reached: false,
    send: (data) => tcp.write(typeof data === 'string' ? data : Buffer.from(data)),
    close: () => tcp.end(),
    terminate: () => tcp.destroy(),
  };
  tcp.setNoDelay(true);
  tcp.on(encrypted ? 'secureConnect' : 'connect', () => {
    socket.readyState = 1;
    socket.reached = true;
    socket.onopen();
  });
  tcp.on('data', (chunk) => socket.onmessage({ data: new Uint8Array(chunk).buffer }));
  tcp.on('error', (error) => socket.onerror(error));
  tcp.on('close', () => {
    socket.readyState = 3;
    socket.onclose({});
  });
  return socket;
}
