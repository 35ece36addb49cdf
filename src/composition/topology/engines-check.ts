import type { Topology } from '../topology.ts';
import type { Contradiction } from './contradictions.ts';
import type { Engine, EngineName } from './growth.ts';
import { choicesOf, processesOf } from './processes.ts';

/** Whether every engine that is used is there, and can be used by everybody who needs it. */
export function engineContradictions(topology: Topology): readonly Contradiction[] {
  const engines = Object.entries(topology.engines ?? {}) as [EngineName, Engine][];
  return [
    ...engines.flatMap(([name, engine]) => eitherOr(name, engine)),
    ...missing(topology),
    ...copiesForNobody(topology),
    ...outOfReach(topology, engines),
  ];
}

function eitherOr(name: EngineName, { start, url, mode }: Engine): Contradiction[] {
  const at = `/engines/${name}`;
  if (start !== undefined && url !== undefined)
    return [
      {
        at,
        says: `${name} is to be started, and it has the address of one that is there: leave out "start" or "url".`,
      },
    ];
  if (start === undefined && url === undefined)
    return [
      {
        at,
        says: `nobody knows where ${name} is: give it a "url", or "start": true to have one started on this machine.`,
      },
    ];
  if (name === 'dns' && start !== undefined)
    return [
      { at, says: 'a name server is never started: give it a "url", like dns://127.0.0.1:53/{name}.service.consul.' },
    ];
  if (name !== 'redis' && mode !== undefined)
    return [{ at: `${at}/mode`, says: `a mode is Redis’s alone: leave it out of ${name}.` }];
  return [];
}

function missing(topology: Topology): Contradiction[] {
  const { sessions, rateLimits, cartCopies, bus, search, orderStatus, discovery } = choicesOf(topology);
  const { engines = {} } = topology;
  const needs: readonly (readonly [key: string, choice: string, engine: EngineName, instead: string])[] = [
    ['sessions', sessions, 'redis', 'postgres'],
    ['rateLimits', rateLimits, 'redis', 'memory'],
    ['cartCopies', cartCopies, 'redis', 'none'],
    ['bus', bus, 'kafka', 'log'],
    ['search', search, 'opensearch', 'embedded'],
    ['orderStatus', orderStatus, 'opensearch', 'embedded'],
    ['discovery', discovery, 'consul', 'static'],
    ['discovery', discovery, 'eureka', 'static'],
    ['discovery', discovery, 'dns', 'static'],
  ];
  return needs
    .filter(([, choice, engine]) => choice === engine && engines[engine] === undefined)
    .map(([key, , engine, instead]) => ({
      at: `/${key}`,
      says: `${key} is ${engine}, but the topology names no engine ${engine}: add "engines": {"${engine}": {"start": true}} or its url, or set ${key} to ${instead}.`,
    }));
}

/** One process leads everything: it would only ever write copies. */
function copiesForNobody(topology: Topology): Contradiction[] {
  if (choicesOf(topology).cartCopies === 'none' || topology.processes !== undefined) return [];
  const says =
    'copies of carts are for processes that do not lead them, and this topology is one process: leave cartCopies out, or name processes.';
  return [{ at: '/cartCopies', says }];
}

/** What `jangteo up` starts listens on this machine alone. */
function outOfReach(topology: Topology, engines: readonly (readonly [EngineName, Engine])[]): Contradiction[] {
  const far = processesOf(topology).find(({ hosts }) => hosts?.some((host) => !isThisMachine(host)));
  if (far === undefined) return [];
  return engines
    .filter(([, { start }]) => start === true)
    .map(([name]) => ({
      at: `/engines/${name}`,
      says: `${name} is started on this machine, where ${far.name} on ${far.hosts?.join(', ')} cannot reach it: give ${name} a url.`,
    }));
}

/** Whether a host of a topology is the machine that reads it. */
export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.startsWith('127.') || host === '::1';
}
