import type { BrokerAccess, BrokerRecipe, BrokerSetting } from './start-broker.js';
import type { BrokerPorts } from './broker-ports.js';
import { ADMINISTRATOR, RESTRICTED } from './test-broker.js';
import { KEY_STORE_PASSWORD } from './test-certificates.js';

const MAIN = 'org.apache.activemq.console.command.ShellCommand';

export function classicRecipe(limits: ClassicLimits = {}): BrokerRecipe {
  return {
    kind: 'classic',
    configuration: (setting) => ({ 'activemq.xml': classicConfiguration(setting, limits) }),
    args: (folder) => [
      ...(limits.jvm ?? []),
      `-Dactivemq.base=${folder}`,
      MAIN,
      'start',
      `xbean:file:${folder}/activemq.xml`,
    ],
  };
}

/** The limits of a test's own broker, and what it asks of clients. */
export interface ClassicLimits extends BrokerAccess {
  /** Memory of one queue, in bytes; default 64 MiB. */
  readonly queueMemoryBytes?: number;
  /** Size of the message store, in bytes; default 1 GiB. */
  readonly storeBytes?: number;
  /** What a producer gets at a limit: an ERROR (the default), or no response until there is room. */
  readonly whenFull?: 'fail' | 'block';
  /** Whether its queues order messages by priority; by default they do not. */
  readonly prioritizedMessages?: boolean;
  /** Options of its JVM. They win over those of the tests, with which it starts fast and runs slowly. */
  readonly jvm?: readonly string[];
}

const MIB = 1024 * 1024;

/** The broker's XML file: loopback only, every acknowledged message synced to disk, two users. */
function classicConfiguration(setting: BrokerSetting, limits: ClassicLimits): string {
  const { folder, keyStoreFile, trustStoreFile, ports } = setting;
  const { queueMemoryBytes = 64 * MIB, storeBytes = 1024 * MIB, whenFull = 'fail' } = limits;
  const { prioritizedMessages = false } = limits;
  const journalBytes = Math.min(32 * MIB, Math.max(MIB, Math.floor(storeBytes / 4)));
  return `<beans xmlns="http://www.springframework.org/schema/beans"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.springframework.org/schema/beans http://www.springframework.org/schema/beans/spring-beans.xsd
    http://activemq.apache.org/schema/core http://activemq.apache.org/schema/core/activemq-core.xsd">
  <broker xmlns="http://activemq.apache.org/schema/core" brokerName="classic" dataDirectory="${folder}/data"
    useJmx="false" schedulerSupport="false">
    <destinationPolicy><policyMap><policyEntries>
      <policyEntry queue="&gt;" memoryLimit="${queueMemoryBytes}" prioritizedMessages="${prioritizedMessages}"/>
    </policyEntries></policyMap></destinationPolicy>
    <persistenceAdapter>
      <kahaDB directory="${folder}/data/kahadb" journalDiskSyncStrategy="always" journalMaxFileLength="${journalBytes}"/>
    </persistenceAdapter>
    <plugins>${users(limits)}</plugins>
    <sslContext>
      <sslContext keyStore="file:${keyStoreFile}" keyStoreType="PKCS12" keyStorePassword="${KEY_STORE_PASSWORD}"
        trustStore="file:${trustStoreFile}" trustStoreType="JKS" trustStorePassword="${KEY_STORE_PASSWORD}"/>
    </sslContext>
    <systemUsage><systemUsage sendFailIfNoSpace="${whenFull === 'fail'}">
      <memoryUsage><memoryUsage limit="${256 * MIB}"/></memoryUsage>
      <storeUsage><storeUsage limit="${storeBytes}"/></storeUsage>
      <tempUsage><tempUsage limit="${256 * MIB}"/></tempUsage>
    </systemUsage></systemUsage>
    <transportConnectors>${connectors(ports, limits)}</transportConnectors>
  </broker>
</beans>`;
}

function users({ users: others = [] }: BrokerAccess): string {
  const user = ({ username, password }: { username: string; password: string }, groups: string) =>
    `<authenticationUser username="${username}" password="${password}" groups="${groups}"/>`;
  const rights = (what: string, group: string) =>
    `<authorizationEntry ${what} read="${group}" write="${group}" admin="${group}"/>`;
  return `
      <simpleAuthenticationPlugin anonymousAccessAllowed="false"><users>
        ${user(ADMINISTRATOR, 'administrators')}
        ${others.map((other) => user(other, 'administrators')).join('')}
        ${user(RESTRICTED, 'restricted')}
      </users></simpleAuthenticationPlugin>
      <authorizationPlugin><map><authorizationMap><authorizationEntries>
        ${rights('queue="&gt;"', 'administrators')}
        ${rights(`queue="${RESTRICTED.allowedPrefix}&gt;"`, 'restricted')}
        ${rights('topic="ActiveMQ.Advisory.&gt;"', 'administrators,restricted')}
      </authorizationEntries></authorizationMap></map></authorizationPlugin>`;
}

function connectors({ stomp, stompSsl, ws, wss, amqp, tcp }: BrokerPorts, limits: ClassicLimits): string {
  const { needClientAuth = false } = limits;
  const ports = { stomp, 'stomp+ssl': stompSsl, ws, wss, amqp, tcp };
  return Object.entries(ports)
    .filter(([, port]) => port !== null)
    .map(([scheme, port]) => {
      const clientAuth =
        needClientAuth && TLS_SCHEMES.includes(scheme) ? '?transport.needClientAuth=true' : '';
      const uri = `${scheme}://127.0.0.1:${port}${scheme === 'amqp' ? READABLE_TO_ALL : clientAuth}`;
      return `<transportConnector name="${scheme}" uri="${uri}"/>`;
    })
    .join('\n      ');
}

/** Without it a message that an AMQP client sends is stored as AMQP bytes, which clients of other protocols can't read. */
const READABLE_TO_ALL = '?transport.transformer=jms';

const TLS_SCHEMES = ['stomp+ssl', 'wss'];
