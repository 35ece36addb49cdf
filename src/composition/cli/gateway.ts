import type { Command } from 'commander';
import type { Addresses, Written } from '../../edges/gateway/exports/port.ts';
import type { RouteTable } from '../../edges/gateway/routes/schema.ts';
import type { ThresholdOfGateway } from '../gateway/routes.ts';
import { topologyFile } from '../settings.ts';
import { print } from './print.ts';

type Kind = 'nginx' | 'kong' | 'aws';
type Write = (table: RouteTable, addresses: Addresses, listen: string) => Written;

interface ExportOptions {
  readonly routes: string;
  readonly service: readonly string[];
  readonly listen: string;
  readonly port: string;
}

const gather = (value: string, before: readonly string[]) => [...before, value];

export function registerGateway(program: Command): void {
  const gateway = program.command('gateway').description('the routes in front of the services');

  gateway
    .command('export')
    .argument('<product>', 'nginx, kong or aws')
    .description('write the route table out for another gateway; what that cannot do goes to stderr')
    .option('--routes <table>', 'a name in topologies/routes/, or a file', 'microservices')
    .option('--service <name=host:port,…>', 'where a service is reached; once for each', gather, [])
    .option('--port <port>', 'of the services that no --service names, each on a host of its own name', '3000')
    .option('--listen <address>', 'where nginx listens', '8080')
    .action(async (product: string, options: ExportOptions) => {
      const { text, leftOut } = await written(product, options);
      process.stdout.write(text);
      for (const each of leftOut) process.stderr.write(`left out: ${each}\n`);
    });

  gateway
    .command('thresholds')
    .argument('[topology]', 'a name in topologies/, or a file', 'microservices')
    .description('when somebody is to be told of a gateway, as alert rules are written from')
    .option('--json', 'answer in JSON')
    .action(async (name: string, options: { readonly json?: boolean }) => {
      const [{ known }, { readTopology }, { gatewayThresholds }] = await Promise.all([
        import('../registry.ts'),
        import('../topology.ts'),
        import('../gateway/routes.ts'),
      ]);
      const all = gatewayThresholds(readTopology(topologyFile(name), known));
      print(options, all, () => all.map(thresholdText).join('\n'));
    });

  gateway
    .command('check')
    .argument('[table]', 'a name in topologies/routes/, or a file', 'microservices')
    .description('refuse a route table that contradicts itself')
    .action(async (name: string) => {
      const { namedRoutes } = await import('../gateway/routes.ts');
      const { name: checked, routes } = namedRoutes(name);
      console.log(`${checked} does not contradict itself: ${routes.length} routes.`);
    });
}

function thresholdText({ gateway, route, errorRatio, shedRatio, p99Seconds, forSeconds }: ThresholdOfGateway): string {
  const told = [
    errorRatio === undefined ? '' : `errors above ${errorRatio * 100} %`,
    p99Seconds === undefined ? '' : `p99 above ${p99Seconds} s`,
    shedRatio === undefined ? '' : `shed above ${shedRatio * 100} %`,
  ].filter((each) => each !== '');
  return `${gateway} ${route ?? 'all routes'}: ${told.join(', ')}, for ${forSeconds} s`;
}

async function written(product: string, { routes, service, listen, port }: ExportOptions) {
  const { addressesFor, namedRoutes } = await import('../gateway/routes.ts');
  const { SetupFault } = await import('../fault.ts');
  const writers: Readonly<Record<Kind, () => Promise<Write>>> = {
    nginx: async () => (await import('../../edges/gateway/exports/nginx.ts')).nginxOf,
    kong: async () => (await import('../../edges/gateway/exports/kong.ts')).kongOf,
    aws: async () => (await import('../../edges/gateway/exports/aws.ts')).awsOf,
  };
  if (!Object.hasOwn(writers, product))
    throw new SetupFault(`There is no export for ${product}: name one of ${Object.keys(writers).join(', ')}.`);
  const table = namedRoutes(routes);
  const write = await writers[product as Kind]();
  return write(table, addressesFor(table, service, port), listen);
}
