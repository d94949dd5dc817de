import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandEnd, repositoryPath } from '@comms/kit';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { ifPresent } from '@comms/test-servers';
import { goModule } from '../src/testing/tools/packages.js';
import { hadolint as findHadolint } from '../src/testing/tools/programs.js';

const DOCKER = repositoryPath('docker');
const APPS = ['comms-monitor', 'push-to-handset', 'sms-to-handset', 'extract-generic'];

const hadolint = await ifPresent('python', findHadolint);
const compose = await ifPresent('go', () => goModule('github.com/compose-spec/compose-go/v2', 'v2.16.2'));

describe('The Dockerfile', () => {
  (hadolint ? it : it.skip)('gives hadolint nothing to say', async () => {
    const end = await commandEnd(hadolint ?? '', [join(DOCKER, 'Dockerfile')]);
    expect(end).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('starts Node.js directly, so that it gets the signals, with little space for new objects, as a numeric user', () => {
    const text = readFileSync(join(DOCKER, 'Dockerfile'), 'utf8');
    expect(text).toMatch(/^ENTRYPOINT \["node", "--max-semi-space-size=8"\]$/m);
    expect(text).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  });

  it('names no front end of the builder, which would be one more image to pull', () => {
    expect(readFileSync(join(DOCKER, 'Dockerfile'), 'utf8')).not.toMatch(/^# *syntax=/m);
    expect(readFileSync(join(DOCKER, 'build-images.sh'), 'utf8')).toMatch(/^export DOCKER_BUILDKIT=1$/m);
  });

  it('makes the C library return freed memory', () => {
    const text = readFileSync(join(DOCKER, 'Dockerfile'), 'utf8');
    expect(text).toMatch(
      /^ENV MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072$/m,
    );
  });

  it('has as many threads that wait for files as sms-to-handset writes at once', () => {
    expect(readFileSync(join(DOCKER, 'Dockerfile'), 'utf8')).toMatch(/^ENV UV_THREADPOOL_SIZE=16$/m);
  });

  it('is for Node.js 24, and labels the image with version and commit', () => {
    const text = readFileSync(join(DOCKER, 'Dockerfile'), 'utf8');
    expect(text).toMatch(/^FROM node:24-\w+-slim AS build$/m);
    expect(text).toMatch(/org\.opencontainers\.image\.version="\$\{VERSION\}"/);
    expect(text).toMatch(/org\.opencontainers\.image\.revision="\$\{COMMIT\}"/);
  });
});

describe('compose.yaml', () => {
  (compose ? it : it.skip)('is what Compose reads', () => {
    const schema = JSON.parse(
      readFileSync(join(compose ?? '', 'schema/compose-spec.json'), 'utf8'),
    ) as object;
    const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    validate(composition());
    expect(validate.errors).toBeNull();
  });

  it('starts the four daemons, and nothing from a file that is not there', () => {
    const { services } = composition();
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining([...APPS, 'migrate', 'seed', 'postgres', 'classic', 'artemis']),
    );
    const files = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0] ?? '').filter((path) => path.startsWith('./')),
    );
    expect(files.filter((path) => !existsSync(join(DOCKER, path)))).toEqual([]);
  });

  it('makes the daemons put only to the broker of the profile, each broker under its own name', () => {
    const { services } = composition();
    for (const app of APPS)
      expect(services[app]?.environment?.['COMMS_BROKER_URL']).toMatch(
        /^stomp:\/\/\$\{COMPOSE_PROFILES:\?[^}]*\}:61613$/,
      );
    const brokers = Object.entries(services).filter(([, { profiles }]) => profiles !== undefined);
    for (const [name, { profiles, ...service }] of brokers) {
      expect(profiles).toEqual([name]);
      expect(service).not.toHaveProperty('networks');
    }
    expect(readFileSync(join(DOCKER, 'comms.properties'), 'utf8')).not.toContain('comms.broker.url');
  });
});

describe('activemq.xml', () => {
  it('keeps priority in a queue, and loads no messages to look for expired ones', () => {
    const [policy] =
      /<policyEntry [^/]*\/>/.exec(readFileSync(join(DOCKER, 'activemq/activemq.xml'), 'utf8')) ?? [];
    expect(policy).toContain('prioritizedMessages="true"');
    expect(policy).toContain('expireMessagesPeriod="0"');
  });
});

describe('The images', () => {
  it('are all in the list that a person confirms, with where, when and what was seen', () => {
    const listed = parse(readFileSync(join(DOCKER, 'images.yaml'), 'utf8')) as readonly ConfirmedImage[];
    for (const { where, on, seen } of listed) {
      expect(where).not.toBe('');
      expect(on).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(seen).not.toBe('');
    }
    expect(listed.map(({ image }) => image).sort()).toEqual(namedImages());
  });
});

interface ConfirmedImage {
  readonly image: string;
  readonly where: string;
  readonly on: string;
  readonly seen: string;
}

/** What docker/, k8s/ and tools/ name, without the four that are built from here. */
function namedImages(): string[] {
  const files = ['docker', 'k8s', 'tools'].flatMap((folder) =>
    readdirSync(repositoryPath(folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  );
  const named = files
    .filter((file) => !NOT_NAMED_IN.test(file))
    .flatMap((file) => {
      const [, pattern] = NAMED_BY.find(([kind]) => kind.test(file)) ?? [];
      if (pattern === undefined) return [];
      return [...readFileSync(repositoryPath(file), 'utf8').matchAll(pattern)].map((match) => match[1] ?? '');
    });
  return [...new Set(named)].filter((name) => !name.startsWith('comms/')).sort();
}

const NOT_NAMED_IN = /(?:^|\/)(?:node_modules|dist)\/|docker\/images\.yaml$|\.spec\.ts$/;
const NAMED_BY = [
  [/Dockerfile$/, /^FROM ([\w./:-]+)/gm],
  [/\.(?:ya?ml|tpl)$/, /\bimage: ['"]?([a-z][\w./:-]+)/g],
  [/\.ts$/, /\bIMAGE = '([^']+)'/g],
] as const;

interface Composition {
  readonly services: Readonly<Record<string, ComposeService>>;
}

interface ComposeService {
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
}

function composition(): Composition {
  return parse(readFileSync(join(DOCKER, 'compose.yaml'), 'utf8'), { merge: true }) as Composition;
}
