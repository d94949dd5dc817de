import type { BrokerAccess, BrokerRecipe, BrokerSetting } from './start-broker.js';
import { ADMINISTRATOR, RESTRICTED } from './test-broker.js';
import { KEY_STORE_PASSWORD } from './test-certificates.js';

const MAIN = 'org.apache.activemq.artemis.cli.Artemis';

/** What a broker of a test's own asks of clients, and what it does with messages that no one takes. */
export interface ArtemisOptions extends BrokerAccess {
  /** Whether it has the queues `DLQ` and `ExpiryQueue`, as `artemis create` makes them. Else such messages are gone. */
  readonly deadLetters?: boolean;
}

export function artemisRecipe(options: ArtemisOptions = {}): BrokerRecipe {
  return {
    kind: 'artemis',
    configuration: (setting) => artemisConfiguration(setting, options),
    args: (folder) => [
      `-Dartemis.home=${folder}`,
      `-Dartemis.instance=${folder}`,
      `-Dartemis.instance.etc=${folder}`,
      `-Djava.security.auth.login.config=${folder}/login.config`,
      MAIN,
      'run',
    ],
  };
}

const RIGHTS = [
  'createAddress',
  'createNonDurableQueue',
  'deleteNonDurableQueue',
  'createDurableQueue',
  'deleteDurableQueue',
  'send',
  'consume',
  'browse',
  'manage',
];

/**
 * The broker's files by name: loopback only, with the routing and limits that Artemis has by default, two users unless
 * there are more.
 */
function artemisConfiguration(setting: BrokerSetting, options: ArtemisOptions): Record<string, string> {
  const { users = [] } = options;
  return {
    'broker.xml': broker(setting, options),
    'bootstrap.xml': `<broker xmlns="http://activemq.apache.org/schema">
  <jaas-security domain="activemq"/>
  <server configuration="file:${setting.folder}/broker.xml"/>
</broker>`,
    'management.xml': '<management-context xmlns="http://activemq.apache.org/schema"/>',
    'login.config': `activemq {
  org.apache.activemq.artemis.spi.core.security.jaas.PropertiesLoginModule required
    org.apache.activemq.jaas.properties.user="users.properties"
    org.apache.activemq.jaas.properties.role="roles.properties";
};`,
    'users.properties': [ADMINISTRATOR, RESTRICTED, ...users]
      .map(({ username, password }) => `${inProperties(username)} = ${inProperties(password)}`)
      .join('\n'),
    'roles.properties':
      `administrators = ${[ADMINISTRATOR, ...users].map(({ username }) => inProperties(username)).join(',')}\n` +
      `restricted = ${RESTRICTED.username}`,
  };
}

function inProperties(text: string): string {
  return text.replaceAll('\\', '\\\\');
}

function broker(
  setting: BrokerSetting,
  { needClientAuth = false, deadLetters = false }: ArtemisOptions,
): string {
  const { folder } = setting;
  return `<configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
  <name>artemis</name>
  <jmx-management-enabled>false</jmx-management-enabled>
  <persistence-enabled>true</persistence-enabled>
  <journal-type>NIO</journal-type>
  <journal-datasync>true</journal-datasync>
  <paging-directory>${folder}/data/paging</paging-directory>
  <bindings-directory>${folder}/data/bindings</bindings-directory>
  <journal-directory>${folder}/data/journal</journal-directory>
  <large-messages-directory>${folder}/data/large-messages</large-messages-directory>
  <acceptors>${acceptors(setting, needClientAuth)}</acceptors>
  <security-settings>
    <security-setting match="#">${rights('administrators')}</security-setting>
    <security-setting match="${RESTRICTED.allowedPrefix}#">${rights('administrators,restricted')}</security-setting>
  </security-settings>${deadLetters ? DEAD_LETTERS : ''}
</core></configuration>`;
}

const DEAD_LETTERS = `
  <addresses>
    <address name="DLQ"><anycast><queue name="DLQ"/></anycast></address>
    <address name="ExpiryQueue"><anycast><queue name="ExpiryQueue"/></anycast></address>
  </addresses>
  <address-settings>
    <address-setting match="#">
      <dead-letter-address>DLQ</dead-letter-address>
      <expiry-address>ExpiryQueue</expiry-address>
    </address-setting>
  </address-settings>`;

function acceptors({ ports, keyStoreFile, trustStoreFile }: BrokerSetting, needClientAuth: boolean): string {
  const { stomp, stompSsl, ws, wss, amqp, tcp } = ports;
  const tls =
    `;sslEnabled=true;keyStorePath=${keyStoreFile};keyStoreType=PKCS12;keyStorePassword=${KEY_STORE_PASSWORD}` +
    (needClientAuth
      ? `;needClientAuth=true;trustStorePath=${trustStoreFile};trustStoreType=JKS;trustStorePassword=${KEY_STORE_PASSWORD}`
      : '');
  const acceptor = (name: string, port: number | null, query: string) =>
    port === null
      ? ''
      : `\n    <acceptor name="${name}">tcp://127.0.0.1:${port}?protocols=${query}</acceptor>`;
  return [
    acceptor('stomp', stomp, 'STOMP'),
    acceptor('stomp-ssl', stompSsl, `STOMP${tls}`),
    acceptor('ws', ws, 'STOMP'),
    acceptor('wss', wss, `STOMP${tls}`),
    acceptor('amqp', amqp, 'AMQP'),
    acceptor('tcp', tcp, 'CORE,OPENWIRE'),
  ].join('');
}

function rights(role: string): string {
  return RIGHTS.map((right) => `\n      <permission type="${right}" roles="${role}"/>`).join('');
}
