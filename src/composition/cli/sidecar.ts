import { resolve } from 'node:path';
import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import type { AgentOptions } from '../sidecars/agent.ts';
import { untilTold } from './until-told.ts';

interface RunOptions {
  readonly logs?: string;
  readonly logsTo?: string;
  readonly bufferMb: string;
  readonly shop: string;
  readonly scrape: readonly string[];
  readonly listen?: string;
  readonly certificates?: string;
  readonly uri?: string;
  readonly secrets?: string;
}

interface HeardLogs {
  readonly logs?: NonNullable<AgentOptions['logs']>;
  readonly heardAll?: () => Promise<void>;
}

const gather = (value: string, before: readonly string[]) => [...before, value];

/** `jangteo sidecar`: what stands beside a process. */
export function registerSidecar(program: Command): void {
  const sidecar = program
    .command('sidecar')
    .description('what stands beside a process: logs, metrics, certificates, its proxy');

  sidecar
    .command('run')
    .argument('<replica>', 'beside whom: orders-1')
    .description('ship its log lines, answer for its metrics, bring its certificates to its proxy')
    .option('--logs <folder>', 'the journal of what it writes; `-`: what comes in by stdin is put into ./journal')
    .option('--logs-to <url>', 'otlp+http://collector:4318 or opensearch+http://search:9200')
    .option('--buffer-mb <MB>', 'log lines that wait on disk', '256')
    .option('--shop <name>', 'the name of the shop, told with each line', 'jangteo')
    .option('--scrape <url>', 'where metrics are asked: of the process, of its proxy; once for each', gather, [])
    .option('--listen <host:port>', 'where all metrics are answered')
    .option('--certificates <folder>', 'watched for tls.crt, tls.key, ca.crt')
    .option('--uri <uri>', 'whom those must speak for: spiffe://jangteo/orders')
    .option('--secrets <folder>', 'where its proxy reads them')
    .action(run);

  sidecar
    .command('envoy')
    .argument('<replica>', 'of JANGTEO_TOPOLOGY: orders-1')
    .description('print what the Envoy beside a replica is told, where `jangteo up` does not start it')
    .option('--secrets <folder>', 'where `jangteo sidecar run` puts certificates', '/run/jangteo/secrets')
    .action(async (replica: string, { secrets }: { secrets: string }) => {
      process.stdout.write(
        await (await import('../sidecars/printed.ts')).printedConfig(replica, resolve(secrets), process.env),
      );
    });
}

async function run(replica: string, options: RunOptions): Promise<void> {
  const stopping = Promise.withResolvers<void>();
  untilTold(
    () => stopping.resolve(),
    () => process.exit(1),
  );
  const [{ createLogger }, { startAgent }, { systemClock }, { READY }] = await Promise.all([
    import('../../platform/telemetry/logger.ts'),
    import('../sidecars/agent.ts'),
    import('../../platform/clock/system.ts'),
    import('../supervisor/port.ts'),
  ]);
  const { scrape, listen, certificates, uri, secrets } = options;
  const { logs, heardAll } = await logsOf(replica, options);
  const agent = await startAgent({
    logger: createLogger({ level: 'info' }),
    scrapes: scrape,
    ...(logs !== undefined && { logs }),
    ...(listen !== undefined && { listen: placeOf(listen) }),
    ...(certificates !== undefined && { certificates: await certificatesOf(certificates, uri, secrets, systemClock) }),
  });
  process.send?.(READY);
  const keptOpen = setInterval(() => undefined, 60_000);
  await stopping.promise;
  clearInterval(keptOpen);
  await heardAll?.();
  await agent.stop();
}

/** What is shipped; `heardAll` ends the listening to stdin and resolves when all of it is in the journal. */
async function logsOf(instance: string, { logs, logsTo, bufferMb, shop }: RunOptions): Promise<HeardLogs> {
  if (logs === undefined && logsTo === undefined) return {};
  const [, kind, url] = /^(otlp|opensearch)\+(https?:\/\/.+)$/.exec(logsTo ?? '') ?? [];
  if (logs === undefined || kind === undefined || url === undefined)
    throw new SetupFault(
      'Log lines need --logs <folder> and --logs-to otlp+http://… or opensearch+http://…: give both.',
    );
  const [{ journalSource }, { logSink }] = await Promise.all([
    import('../../platform/log-shipping/journal-source.ts'),
    import('../sidecars/log-sinks.ts'),
  ]);
  const folder = resolve(logs === '-' ? 'journal' : logs);
  const heardAll = logs === '-' ? await writeStdin(folder, Number(bufferMb)) : undefined;
  const sink = logSink(kind === 'otlp' ? 'otelcol' : 'opensearch', url, shop);
  return { logs: { source: journalSource(folder, instance), sink }, ...(heardAll !== undefined && { heardAll }) };
}

/** What comes in goes into the journal, and on to our own stdout, where it would have gone without us. */
async function writeStdin(folder: string, bufferMb: number): Promise<() => Promise<void>> {
  const [{ limitsFor, openJournal }, { readLines }] = await Promise.all([
    import('../../platform/log-shipping/journal.ts'),
    import('../supervisor/lines.ts'),
  ]);
  const journal = openJournal(folder, limitsFor(bufferMb * 1_000_000));
  void readLines(process.stdin, (text) => {
    journal.append({ stream: 'stdout', text, heardAt: Date.now() });
    process.stdout.write(`${text}\n`);
  });
  return () => {
    process.stdin.destroy();
    return journal.flushed();
  };
}

async function certificatesOf(
  folder: string,
  uri: string | undefined,
  secrets: string | undefined,
  clock: Parameters<typeof import('../../platform/certificates/files.ts').fileCredentials>[1],
) {
  if (uri === undefined || secrets === undefined)
    throw new SetupFault(
      'Certificates need --uri and --secrets: whom they must speak for, and where the proxy reads them.',
    );
  const [{ fileCredentials }, { filesIn }, { secretFiles }] = await Promise.all([
    import('../../platform/certificates/files.ts'),
    import('../sidecars/credentials-of.ts'),
    import('../sidecars/secret-files.ts'),
  ]);
  return { uri, source: fileCredentials(filesIn(resolve(folder)), clock), sink: secretFiles(secrets).sink };
}

function placeOf(listen: string): { host: string; port: number } {
  const [, host = '127.0.0.1', port = ''] = /^(?:(.+):)?(\d+)$/.exec(listen) ?? [];
  if (port === '') throw new SetupFault(`--listen takes host:port or a port, not ${listen}.`);
  return { host, port: Number(port) };
}
