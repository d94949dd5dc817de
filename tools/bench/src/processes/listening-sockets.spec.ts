import { describe, expect, it } from '@jest/globals';
import { listeningSockets } from './listening-sockets.js';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 7001 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1538 0100007F:C350 01 00000000:00000000 00:00000000 00000000   101        0 7002 1 0000000000000000 20 4 30 10 -1
   2: 0100007F:00CE 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 7003 1 0000000000000000 100 0 0 10 0
`;

describe('listeningSockets', () => {
  it.each([
    [0x1538, ['7001']],
    [0xce, ['7003']],
    [0xc350, []],
  ])('of port %d are %j, without its connections', (port, sockets) => {
    expect(listeningSockets(TABLE, port)).toEqual(sockets);
  });
});
