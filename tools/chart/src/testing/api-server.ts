import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, type CommandEnd, commandEnd, eventually } from '@comms/kit';
import { freePort } from '@comms/test-servers';
import { type ApiServerPrograms, apiServerPrograms } from './tools/api-server-programs.js';

const TOKEN = 'administrator';

/** An API server of Kubernetes with an empty store. No controller acts on its objects. */
export class ApiServer {
  private readonly processes: Child[] = [];

  private constructor(
    private readonly programs: ApiServerPrograms,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<ApiServer> {
    const programs = await apiServerPrograms();
    const server = new ApiServer(
      programs,
      await mkdtemp(join(tmpdir(), 'comms-apiserver-')),
      await freePort(),
    );
    try {
      await server.run();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Runs kubectl as the administrator. */
  kubectl(args: readonly string[]): Promise<CommandEnd> {
    const server = `https://127.0.0.1:${this.port}`;
    const asked = ['--server', server, '--token', TOKEN, '--insecure-skip-tls-verify', ...args];
    return commandEnd(this.programs.kubectl, asked, {
      env: { ...process.env, HOME: this.folder, KUBECONFIG: '/dev/null' },
    });
  }

  /** Applies a file on the server's side; unknown fields are refused. */
  async apply(yaml: string): Promise<CommandEnd> {
    const file = join(this.folder, 'objects.yaml');
    await writeFile(file, yaml);
    return this.kubectl(['apply', '--server-side', '--validate=strict', '--filename', file]);
  }

  async stop(): Promise<void> {
    for (const child of this.processes.reverse()) {
      child.signal('SIGKILL');
      await child.ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    const [client, peer] = [await freePort(), await freePort()];
    this.spawn('etcd', this.etcdOptions(client, peer));
    this.spawn('apiServer', await this.apiServerOptions(client));
    const ready = async () => (await this.kubectl(['get', '--raw', '/readyz'])).stdout;
    await eventually('the API server is ready', ready, (state) => state === 'ok');
  }

  private etcdOptions(client: number, peer: number): Record<string, string> {
    return {
      'data-dir': join(this.folder, 'etcd'),
      'listen-client-urls': `http://127.0.0.1:${client}`,
      'advertise-client-urls': `http://127.0.0.1:${client}`,
      'listen-peer-urls': `http://127.0.0.1:${peer}`,
      'initial-advertise-peer-urls': `http://127.0.0.1:${peer}`,
      'initial-cluster': `default=http://127.0.0.1:${peer}`,
    };
  }

  private async apiServerOptions(etcd: number): Promise<Record<string, string>> {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const files = {
      'sa.key': privateKey,
      'sa.pub': publicKey,
      tokens: `${TOKEN},admin,admin,system:masters\n`,
    };
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(this.folder, name), text)));
    return {
      'etcd-servers': `http://127.0.0.1:${etcd}`,
      'secure-port': String(this.port),
      'bind-address': '127.0.0.1',
      'advertise-address': '127.0.0.1',
      'cert-dir': this.folder,
      'token-auth-file': join(this.folder, 'tokens'),
      'authorization-mode': 'RBAC',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': join(this.folder, 'sa.pub'),
      'service-account-signing-key-file': join(this.folder, 'sa.key'),
      'service-cluster-ip-range': '10.0.0.0/24',
    };
  }

  private spawn(name: 'etcd' | 'apiServer', options: Readonly<Record<string, string>>): void {
    const program = this.programs[name];
    const args = Object.entries(options).map(([option, value]) => `--${option}=${value}`);
    const place = { cwd: this.folder, logFile: join(this.folder, `${name}.log`) };
    this.processes.push(Child.spawn({ name, command: program, args, env: process.env, ...place }));
  }
}
