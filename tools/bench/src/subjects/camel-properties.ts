import { propertiesText } from '@comms/end-to-end';
import { BenchError } from '../bench-error.js';
import type { Setting } from './setting.js';

/** The configuration of Camel's main: its beans, components, and what `camel/routes.xml` asks for. */
export function camelProperties({ properties, batchSize, openWireUrl }: Setting, routes: string): string {
  if (openWireUrl === null) throw new BenchError('NOT_AVAILABLE', 'the broker has no port for Java clients');
  const database = new URL(String(properties['comms.datasource.url']));
  return propertiesText({
    'camel.main.name': 'bench',
    'camel.main.routes-include-pattern': `file:${routes}`,
    'camel.beans.database': '#class:com.zaxxer.hikari.HikariDataSource',
    'camel.beans.database.jdbcUrl': `jdbc:postgresql://${database.host}${database.pathname}`,
    'camel.beans.database.username': decodeURIComponent(database.username),
    'camel.beans.database.password': decodeURIComponent(database.password),
    'camel.beans.broker': '#class:org.apache.activemq.ActiveMQConnectionFactory',
    'camel.beans.broker.brokerURL': openWireUrl,
    'camel.beans.broker.userName': String(properties['comms.broker.username']),
    'camel.beans.broker.password': String(properties['comms.broker.password']),
    'camel.beans.sessions': '#class:org.springframework.jms.connection.CachingConnectionFactory',
    'camel.beans.sessions.targetConnectionFactory': '#bean:broker',
    'camel.beans.transactions': '#class:org.springframework.jms.connection.JmsTransactionManager',
    'camel.beans.transactions.connectionFactory': '#bean:sessions',
    'camel.beans.required': '#class:org.apache.camel.spring.spi.SpringTransactionPolicy',
    'camel.beans.required.transactionManager': '#bean:transactions',
    'camel.beans.headerNames': '#class:org.apache.camel.component.jms.PassThroughJmsKeyFormatStrategy',
    'camel.component.jms.connection-factory': '#bean:sessions',
    'camel.component.jms.transacted': true,
    'camel.component.jms.lazy-create-transaction-manager': false,
    'bench.batch': batchSize,
    'bench.queue': String(properties['comms.handset.monitor.extract.to.queue']),
  });
}
