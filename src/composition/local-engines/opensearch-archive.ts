import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answersOk, choosePorts, HOST } from './addresses.ts';
import { archiveOf, healthOf, nodeCommand, nodePorts } from './opensearch-node.ts';
import { gone, launch, signalGroup } from './processes.ts';
import { logOf, untilReady } from './wait.ts';
import { endWithUs, letGo } from './watchdog.ts';

const MEMORY_MB = 256;
const READY_WITHIN_MS = 300_000;
/** The archive is written as the JVM ends. */
const WRITTEN_WITHIN_MS = 300_000;
const JSON_BODY = { 'content-type': 'application/json' };

/**
 * Runs a node once through what a shop asks of it, and keeps the classes that it loaded as the JVM wants them in memory
 * (application class-data sharing, JEP 310 and 350). Every start takes half the processor time then. Without an archive, or
 * with one that another Java made, the JVM loads classes as ever: so one that cannot be made is only told of.
 */
export async function archiveClasses(installed: string, java: string, say: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jangteo-opensearch-'));
  for (const name of ['config', 'logs']) mkdirSync(join(folder, name));
  const written = `${archiveOf(installed)}.part`;
  try {
    const ports = await choosePorts(nodePorts, undefined, undefined);
    const options = [`-XX:ArchiveClassesAtExit=${written}`];
    const plan = { java, memoryMb: MEMORY_MB, installed, folder, ports, settings: {}, options };
    const node = await launch(nodeCommand(plan), { folder, log: logOf(folder, 'node') });
    endWithUs(node.pid);
    try {
      const processes = () => [{ name: 'node', ...node }];
      await untilReady(() => answersOk(healthOf(ports)), {
        ...{ name: 'opensearch', folder, within: READY_WITHIN_MS, say, processes },
      });
      await rehearse(`http://${HOST}:${ports.main}`);
      signalGroup(node.pid, 'SIGTERM');
      if (!(await gone(node, WRITTEN_WITHIN_MS))) throw new Error('the JVM did not end');
      renameSync(written, archiveOf(installed));
    } finally {
      signalGroup(node.pid, 'SIGKILL');
      letGo(node.pid);
    }
  } catch (error) {
    say(`OpenSearch will start more slowly, for its classes could not be archived: ${(error as Error).message}`);
  } finally {
    for (const left of [folder, written]) rmSync(left, { recursive: true, force: true });
  }
}

/** An index with nori is made, written, searched and dropped, so that the classes for that are loaded, too. */
async function rehearse(url: string): Promise<void> {
  const ask = (method: string, path: string, body?: object | string) =>
    fetch(`${url}${path}`, {
      ...{ method, headers: JSON_BODY },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }).then((answer) => answer.text());
  const analyzer = { korean: { type: 'custom', tokenizer: 'nori_tokenizer', filter: ['lowercase'] } };
  const properties = { word: { type: 'text', analyzer: 'korean' }, kind: { type: 'keyword' }, at: { type: 'long' } };
  await ask('PUT', '/rehearsal', { settings: { analysis: { analyzer } }, mappings: { properties } });
  const source = 'ctx._source.at += params.by';
  const lines = [
    ...[{ index: { _index: 'rehearsal', _id: '1' } }, { word: '무선청소기', kind: 'one', at: 1 }],
    ...[{ update: { _index: 'rehearsal', _id: '1' } }, { script: { lang: 'painless', source, params: { by: 1 } } }],
  ];
  await ask('POST', '/_bulk?refresh=true', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  await ask('POST', '/rehearsal/_search', {
    query: { bool: { must: [{ match: { word: '청소기' } }], filter: [{ prefix: { kind: 'o' } }] } },
    aggs: { kinds: { terms: { field: 'kind' } }, least: { min: { field: 'at' } } },
    sort: [{ at: 'desc' }, '_score'],
  });
  await ask('DELETE', '/rehearsal');
}
