import { repositoryPath } from './repository-path.js';

export const APPS = ['comms-monitor', 'push-to-handset', 'sms-to-handset', 'extract-generic'] as const;

export type App = (typeof APPS)[number];

/** The built program of an app; `npm run build` makes it. */
export function programOf(app: App): string {
  return repositoryPath(`dist/apps/${app}/main.js`);
}
