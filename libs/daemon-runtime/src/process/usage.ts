/** What `--help` prints of the daemon whose program is `entry`. */
export function usage(entry: string): string {
  return `Usage: node ${entry} [--check-config | --print-config | --help]

Without an option it runs the daemon until SIGTERM or SIGINT.

  --check-config  prints every fault in the configuration, one per line
  --print-config  prints each property, its value (secrets masked) and where it comes from
  --help          prints this

Configuration, of which the later wins:
  1. built-in defaults
  2. the .properties files that COMMS_CONFIG names, separated by commas
  3. environment variables, such as COMMS_HEALTH_PORT for comms.health.port
  4. secret files, such as the one that COMMS_BROKER_PASSWORD_FILE names for comms.broker.password
docs/configuration.md lists every property.

Exit codes: 0 ended as asked, 78 faults in the configuration or the arguments, 70 anything unexpected.
`;
}
