/** The numbers of the sockets that listen on a port, out of Linux's /proc/net/tcp or tcp6. */
export function listeningSockets(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [local = '', state, socket] = [fields[1], fields[3], fields[9]];
    return local.endsWith(suffix) && state === LISTENS && socket !== undefined ? [socket] : [];
  });
}

const LISTENS = '0A';
