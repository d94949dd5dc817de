import { join } from 'node:path';
import { repositoryPath } from '@comms/kit';

export const APPS = ['comms-monitor', 'push-to-handset', 'sms-to-handset', 'extract-generic'] as const;

export type App = (typeof APPS)[number];

/** The built program of an app, in this checkout, where `npm run build` makes it, or below another folder. */
export function programOf(app: App, root = repositoryPath('')): string {
  return join(root, 'dist/apps', app, 'main.js');
}
