import { SetupFault } from '../fault.ts';
import type { Environment } from '../settings.ts';
import type { Topology } from '../topology.ts';
import type { EngineName } from './growth.ts';

const FROM_ENVIRONMENT = /^env:([A-Za-z_][A-Za-z0-9_]*)$/;

/** A value of a topology; `env:NAME` is what the environment says. Throws a SetupFault that says `where` when it says nothing. */
export function addressFrom(value: string, env: Environment, where: string): string {
  const name = FROM_ENVIRONMENT.exec(value)?.[1];
  if (name === undefined) return value;
  const found = env[name]?.trim() ?? '';
  if (found !== '') return found;
  throw new SetupFault(
    `The topology takes ${where} from ${name}, which is not set: set it, or write the address itself.`,
  );
}

/** Where engines that were started for the shop listen, by name: JANGTEO_ENGINES. */
export type StartedEngines = Readonly<Record<string, string>>;

/**
 * The address of an engine as a process reaches it: what was started for the shop, else what the topology names.
 * Throws a SetupFault when there is neither.
 */
export function engineAddress(
  { engines = {} }: Pick<Topology, 'engines'>,
  name: EngineName,
  started: StartedEngines,
  env: Environment,
): string {
  const engine = engines[name];
  const found = started[name] ?? (engine?.url && addressFrom(engine.url, env, `engines/${name}/url`));
  if (found !== undefined) return found;
  throw new SetupFault(
    engine?.start === true
      ? `The engine ${name} is to be started by \`jangteo up\`, but JANGTEO_ENGINES does not say where it listens: start the topology with \`jangteo up\`, or give engines/${name} a url.`
      : `The topology names no engine ${name}: add engines/${name} with a url, or with "start": true.`,
  );
}
