export {
  type App,
  DAEMON_CATALOGUE,
  type DaemonCatalogue,
  type DaemonEntry,
  KNOWN_KEYS,
} from './daemon-catalogue.js';
