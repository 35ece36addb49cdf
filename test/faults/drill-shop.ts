import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../src/composition/programs.ts';
import { topologyFile } from '../../src/composition/settings.ts';
import type { Topology } from '../../src/composition/topology.ts';
import { postmasterOf, simulatorsOf } from '../crash/shop-process.ts';
import { ownEngine } from '../engines/own-engine.ts';
import { type SupervisedUnderTest, startSupervised } from '../topologies/supervised.ts';
import { type Links, linksAt } from './links.ts';
import { LINKS_VARIABLE, type LinksPlan } from './replica-on-links.ts';

/** A shop of several processes on engines of its own, all of which can be killed, paused and cut off. */
export interface DrillShop extends SupervisedUnderTest {
  readonly links: Links;
  /** The leaders of the process groups that a program runs as: a process or one replica, an engine, `database`, `balancer`, `simulators`. */
  pidsOf(program: string): readonly number[];
}

const HOST = '127.0.0.1';
const ENTRY = join(import.meta.dirname, 'replica-on-links.ts');

export interface DrillShopOptions {
  /** Hears what every process says. */
  readonly hear?: (line: string) => void;
  /** Changes the topology for everybody. */
  readonly adapt?: (topology: Topology) => Topology;
}

/** Starts a topology with everything that it needs; `links` (`from>to`) lead through a Toxiproxy. */
export async function startDrillShop(
  topology: string,
  links: readonly string[],
  options: DrillShopOptions = {},
): Promise<DrillShop> {
  // As the engines of a topology: brought to this machine where it is not there yet.
  const toxiproxy = await ownEngine('toxiproxy', { install: true });
  try {
    const plan: LinksPlan = { toxiproxy: toxiproxy.url, names: links };
    const steered = linksAt(toxiproxy.url);
    const shop = await startSupervised(options.adapt ? adapted(topology, options.adapt, toxiproxy.folder) : topology, {
      ...{ ownDatabase: true, entry: ENTRY, env: { [LINKS_VARIABLE]: JSON.stringify(plan) } },
      ...(options.hear && { hear: options.hear }),
      adapt: links.includes('*>kafka') ? compose(quickCarrier, await kafkaBehind(steered)) : quickCarrier,
    });
    return {
      ...shop,
      links: steered,
      pidsOf: (program) => pidsOf(shop, program),
      async stop() {
        await shop.stop();
        await toxiproxy.remove();
      },
    };
  } catch (error) {
    await toxiproxy.remove();
    throw error;
  }
}

/** A topology as a file of its own, for each replica reads it itself. */
function adapted(name: string, adapt: (topology: Topology) => Topology, folder: string): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(adapt(JSON.parse(readFileSync(topologyFile(name), 'utf8')) as Topology)));
  return file;
}

/** A drill does not wait for vans. */
function quickCarrier({ integrations, ...topology }: Topology): Topology {
  const carrier = { ...integrations.carrier, simulator: { args: ['--delays', '100,200,300'] } };
  return { ...topology, integrations: { ...integrations, carrier } };
}

function compose(...changes: readonly ((topology: Topology) => Topology)[]) {
  return (topology: Topology): Topology => changes.reduce((changed, change) => change(changed), topology);
}

/** A broker tells its clients where to find it: that must be the link, else they go round it. */
async function kafkaBehind(links: Links): Promise<(topology: Topology) => Topology> {
  const port = await freePort();
  const shown = await links.lead('*>kafka', `${HOST}:${port}`);
  const settings = { 'advertised.listeners': `PLAINTEXT://${shown}` };
  return ({ engines, ...topology }) => ({
    ...topology,
    engines: { ...engines, kafka: { ...engines?.kafka, start: true, port, settings } },
  });
}

function pidsOf({ home, rows }: SupervisedUnderTest, program: string): readonly number[] {
  if (program === 'database') return [postmasterOf(home)?.pid ?? []].flat();
  if (program === 'simulators') return simulatorsOf(process.pid);
  const isOfIt = (name: string) => name === program || name.startsWith(`${program} `) || isReplicaOf(program, name);
  return rows().flatMap(({ name, pid }) => (isOfIt(name) ? [pid ?? []].flat() : []));
}

function isReplicaOf(process: string, name: string): boolean {
  return name.startsWith(`${process}-`) && /^\d+$/.test(name.slice(process.length + 1));
}
