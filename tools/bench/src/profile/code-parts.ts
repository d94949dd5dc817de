import type { CallFrame } from './digest-profile.js';

/** What a daemon's processor time is divided into, and whose code each part is. */
export const CODE_PARTS = {
  garbageCollection: { title: 'garbage collection', code: null },
  driver: { title: 'pg driver', code: /\/node_modules\/pg[^/]*\// },
  database: { title: 'database code (libs/distribution-store)', code: /\/libs\/distribution-store\// },
  document: { title: 'document (libs/message-json)', code: /\/libs\/message-json\// },
  encryption: { title: 'encryption (libs/json-encryption)', code: /\/libs\/json-encryption\// },
  broker: { title: 'STOMP and its socket (libs/activemq)', code: /\/libs\/activemq\/|\/@stomp\// },
  batches: {
    title: 'batch logic (libs/delivery)',
    code: /\/libs\/(daemons|delivery|distribution)\//,
  },
  runtime: {
    title: 'runtime (libs/daemon-runtime, Nest)',
    code: /\/libs\/(daemon-runtime|config)\/|\/node_modules\/(@nestjs|prom-client|pino)\//,
  },
  other: { title: 'Node.js itself, and all else', code: null },
} as const satisfies Record<string, { readonly title: string; readonly code: RegExp | null }>;

export type CodePart = keyof typeof CODE_PARTS;

export const CODE_PART_NAMES = Object.keys(CODE_PARTS) as CodePart[];

/** The part to which a function belongs; undefined for one that counts for its caller, such as those of Node.js. */
export function codePartOf({ functionName, url }: CallFrame): CodePart | undefined {
  if (functionName === '(garbage collector)') return 'garbageCollection';
  return CODE_PART_NAMES.find((name) => CODE_PARTS[name].code?.test(url));
}
