import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import type { ProcessOptions } from '../process/serve-process.ts';
import { readSettings, type Settings } from '../settings.ts';
import { READY } from '../supervisor/port.ts';
import { mostOf, processesOf, replicaName } from '../topology/processes.ts';
import type { Topology } from '../topology.ts';
import { boundHeapGrowth } from './heap-growth.ts';
import { untilTold } from './until-told.ts';

export function registerServe(program: Command): void {
  program
    .command('serve')
    .argument('<process>', 'a process of the topology that JANGTEO_TOPOLOGY names')
    .description('run one process of a topology: what a container runs')
    .option('--replica <n>', 'which of its replicas this is, counted from 1', '1')
    .option('--accept-loss', 'go on with databases that have lost what this process has seen in them')
    .action(async (name: string, options: { replica: string; acceptLoss?: boolean }) => {
      const say = (line: string) => console.log(line);
      const stopping = new AbortController();
      const closed = Promise.withResolvers<void>();
      untilTold(
        () => {
          stopping.abort();
          closed.resolve();
        },
        () => process.exit(1),
      );
      const [{ known }, { readTopology }, { checkTopology }, { withDatabaseOf }] = await Promise.all([
        import('../registry.ts'),
        import('../topology.ts'),
        import('../topology/contradictions.ts'),
        import('../topology/database-url.ts'),
      ]);
      const given = readSettings(process.env);
      const topology = readTopology(given.topology, known);
      checkTopology(topology, known);
      const replica = replicaOf(topology, name, options.replica);
      boundHeapGrowth();
      const acceptLoss = options.acceptLoss === true;
      const world = { topology, process: name, replica, say, acceptLoss, signal: stopping.signal };
      const served = await serve(world, given, withDatabaseOf);
      if (served === undefined) return;
      say(`${replicaName(name, replica)} answers at ${served.url}.`);
      process.send?.(READY);
      const keptOpen = setInterval(() => undefined, 60_000);
      await closed.promise;
      clearInterval(keptOpen);
      await served.stop();
    });
}

/** A gateway is a process that loads neither services nor a database's client. */
async function serve(
  options: Omit<ProcessOptions, 'settings'>,
  settings: Settings,
  withDatabaseOf: (topology: Topology, settings: Settings, env: NodeJS.ProcessEnv) => Settings,
) {
  const { topology } = options;
  const plan = processesOf(topology).find(({ name }) => name === options.process);
  if (plan?.gateway === undefined) {
    const { serveProcess } = await import('../process/serve-process.ts');
    return serveProcess({ ...options, settings: withDatabaseOf(topology, settings, process.env) });
  }
  const { serveGateway } = await import('../gateway/serve-gateway.ts');
  return serveGateway({ ...options, settings, plan, gateway: plan.gateway });
}

/** The replica's number. Throws a SetupFault when the topology has no such process, or not so many replicas of it. */
function replicaOf(topology: Topology, name: string, text: string): number {
  const plans = processesOf(topology);
  const plan = plans.find((each) => each.name === name);
  if (plans.length === 0)
    throw new SetupFault(`The topology ${topology.name} is one process with everything: start it with \`jangteo up\`.`);
  if (plan === undefined) {
    const names = plans.map((each) => each.name).join(', ');
    throw new SetupFault(`The topology ${topology.name} has no process ${name}: it has ${names}.`);
  }
  const replica = Number(text);
  const most = mostOf(plan);
  if (Number.isInteger(replica) && replica >= 1 && replica <= most) return replica;
  throw new SetupFault(
    `--replica is "${text}" but ${name} has ${most === 1 ? 'one replica' : `the replicas 1 to ${most}`}: correct it, or raise "replicas" in the topology.`,
  );
}
