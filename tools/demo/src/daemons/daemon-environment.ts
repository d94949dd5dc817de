/**
 * The environment of the demo's daemons: the demo's own, but for the properties that it may hold, since those would go
 * before the demo's file and could name a real database. With a real broker its login and TLS settings are kept.
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
