/** What the configuration of the demo's four daemons depends on. */
interface DemoSettings {
  readonly databaseUrl: string;
  readonly brokerUrl: string;
  /** The public key that extract-generic encrypts with. */
  readonly keyFile: string;
  /** Where sms-to-handset puts its files. */
  readonly smsDirectory: string;
}

/** The text of the one properties file that serves all four daemons. */
export function demoProperties({ databaseUrl, brokerUrl, keyFile, smsDirectory }: DemoSettings): string {
  return `# The configuration of the demo's four daemons. What is not named here has its default:
# docs/configuration.md lists all properties, and a daemon's --print-config shows what it made of them.

comms.datasource.url=${escape(databaseUrl)}
comms.broker.url=${escape(brokerUrl)}

# Health and metrics only for this machine; each daemon has the port from its environment.
comms.health.host=127.0.0.1

# push-to-handset: what it has delivered becomes P, and agents read Published.
comms.handset.monitor.extract.distribution-status=P

# sms-to-handset: one file per comm, instead of a queue.
comms.sms.monitor.extract.to.type=file
comms.sms.monitor.extract.to.dirname=${escape(smsDirectory)}

# extract-generic: encrypted for the one consumer that holds the private key.
comms.external.monitor.extract.encryption.enabled=true
comms.external.monitor.extract.encryption.key-file=${escape(keyFile)}
`;
}

/** A backslash, as in a path of Windows, is an escape in a properties file. */
function escape(value: string): string {
  return value.replaceAll('\\', '\\\\');
}

/**
 * The environment of the demo's daemons: that of the demo without its properties. These would win over the demo's file,
 * and could name a real database. With a real broker its login and TLS settings are kept.
 */
export function daemonEnvironment(
  environment: NodeJS.ProcessEnv,
  { configFile, keepBroker }: { readonly configFile: string; readonly keepBroker: boolean },
): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => {
    const upper = name.toUpperCase();
    if (!upper.startsWith('COMMS_')) return true;
    return keepBroker && upper.startsWith('COMMS_BROKER_') && !/^COMMS_BROKER_URL(_FILE)?$/.test(upper);
  });
  return { ...Object.fromEntries(kept), COMMS_CONFIG: configFile };
}
