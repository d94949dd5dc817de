import { describe, expect, it } from '@jest/globals';
import { parseBrokerUrl } from './broker-url.js';

describe('parseBrokerUrl', () => {
  it.each([
    ['stomp://broker:61613', { transport: 'tcp', tls: false, host: 'broker', port: 61613, path: '/' }],
    ['stomp://broker:61613/', { transport: 'tcp', tls: false, host: 'broker', port: 61613, path: '/' }],
    ['STOMP+SSL://b.example:1', { transport: 'tcp', tls: true, host: 'b.example', port: 1, path: '/' }],
    ['stomp://my_broker:1', { transport: 'tcp', tls: false, host: 'my_broker', port: 1, path: '/' }],
    ['stomp://[::1]:61613', { transport: 'tcp', tls: false, host: '::1', port: 61613, path: '/' }],
    ['ws://broker:80', { transport: 'websocket', tls: false, host: 'broker', port: 80, path: '/' }],
    [
      'wss://broker:443/stomp/x',
      { transport: 'websocket', tls: true, host: 'broker', port: 443, path: '/stomp/x' },
    ],
  ])('reads %s', (text, expected) => {
    expect(parseBrokerUrl(text)).toEqual({ ...expected, name: text });
  });

  it.each([
    ['', 'is not a broker URL'],
    ['broker:61613', 'is not a broker URL'],
    ['http://broker:61613', 'is not a broker URL'],
    ['tcp://broker:61616', 'is not a broker URL'],
    ['failover:(stomp://a:1)', 'is not a broker URL'],
    ['stomp://broker:61613?x=y', 'is not a broker URL'],
    ['stomp:// broker:61613', 'is not a broker URL'],
    ['stomp://', 'has no host'],
    ['stomp://:61613', 'has no host'],
    ['stomp://::1:61613', 'has no host'],
    ['stomp://broker', 'has no port'],
    ['ws://broker/stomp', 'has no port'],
    ['stomp://broker:', 'has no host'],
    ['stomp://${BROKER_HOST}:61613', 'has a host with a character that a host name may not have'],
    ['stomp://<host>:61613', 'has a host with a character that a host name may not have'],
    ['stomp://a,b:61613', 'has a host with a character that a host name may not have'],
    ['stomp://a..b:61613', 'has a host with an empty part between its dots'],
    ['stomp://256.0.0.1:61613', 'has a host that is not an IPv4 address'],
    ['stomp://[::1::]:61613', 'has a host that is not an IPv6 address'],
    ['stomp://broker:0', 'has a port that does not exist'],
    ['stomp://broker:65536', 'has a port that does not exist'],
    ['stomp://broker:61613/x', 'has a path'],
    ['stomp://user:password@broker:61613', 'holds a user name or password'],
  ])('refuses %j', (text, problem) => {
    expect(parseBrokerUrl(text)).toEqual({ problem });
  });
});
