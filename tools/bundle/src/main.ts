import { repositoryPath } from '@comms/kit';
import { bundleDaemons } from './bundle-daemons.js';

await bundleDaemons(repositoryPath(''));
