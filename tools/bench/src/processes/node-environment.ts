const EXIT_WITH_OWNER = new URL('./exit-with-owner.main.js', import.meta.url).href;

/** The environment of a measured Node.js process: nothing but what it needs. */
export function nodeEnvironment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], NODE_OPTIONS: `--import=${EXIT_WITH_OWNER}`, ...variables };
}
