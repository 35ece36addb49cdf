import { linksAt } from './links.ts';

/**
 * A replica as a drill starts it: the shop's own program, some of whose addresses lead through links that can be cut. A link is
 * `from>to`: a replica (or `*`, which all share) and a peer, an engine, a simulator or `database`. JANGTEO_TEST_LINKS names them.
 */
export interface LinksPlan {
  /** Where Toxiproxy is steered. */
  readonly toxiproxy: string;
  readonly names: readonly string[];
}

export const LINKS_VARIABLE = 'JANGTEO_TEST_LINKS';

const ADDRESS = /127\.0\.0\.1:\d+/;
const LISTS = ['JANGTEO_PEERS', 'JANGTEO_ENGINES', 'JANGTEO_SIMULATORS'] as const;

/** The replica's environment with every address exchanged that a link of the plan leads to. */
export async function onLinks(
  env: NodeJS.ProcessEnv,
  self: string,
  { toxiproxy, names }: LinksPlan,
): Promise<Record<string, string>> {
  const links = linksAt(toxiproxy);
  const led = async (to: string, address: string): Promise<string> => {
    const name = [`${self}>${to}`, `*>${to}`].find((each) => names.includes(each));
    const upstream = ADDRESS.exec(address)?.[0];
    if (name === undefined || upstream === undefined) return address;
    // A socket would lead past the link.
    return address.replace(upstream, await links.lead(name, upstream)).replace(/\?host=[^&]*&?/, '?');
  };
  const changed: Record<string, string> = {};
  for (const list of LISTS) {
    const given = Object.entries(JSON.parse(env[list] ?? '{}') as Record<string, string>);
    const now = await Promise.all(given.map(async ([to, address]) => [to, await led(to, address)] as const));
    changed[list] = JSON.stringify(Object.fromEntries(now));
  }
  if (env.DATABASE_URL !== undefined) changed.DATABASE_URL = await led('database', env.DATABASE_URL);
  return changed;
}

if (import.meta.main) {
  const [, , , name = '', , replica = '1'] = process.argv;
  const plan = JSON.parse(process.env[LINKS_VARIABLE] ?? '{}') as LinksPlan;
  Object.assign(process.env, await onLinks(process.env, `${name}-${replica}`, plan));
  await import('../../src/main.ts');
}
