import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listening, listening } from '../child.ts';
import type { Figure } from '../figures.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { getRequest } from '../load/connection.ts';
import { median } from '../load/latencies.ts';
import { cpuOf, cpuSecondsOf } from '../load/processes.ts';
import type { Part } from '../part.ts';
import type { BenchShop } from '../shop.ts';

const READERS = 64;
const ROUNDS = 5;
const LIST = '/v1/products?limit=20';
const DETAILS = 500;

/** Product detail and list against bare Fastify routes with the same bytes, in short slices by turns. */
export const readsPart: Part = {
  name: 'reads',
  takes: ({ seconds }) => 4 * ROUNDS * (sliceSeconds(seconds) + 0.6),
  async measure(run) {
    const shop = await run.shop();
    const detailPaths = run.productIds.slice(0, DETAILS).map((productId) => `/v1/products/${productId}`);
    const bare = await bareRoutes(shop, [detailPaths[0] ?? '', LIST]);
    try {
      run.progress('product detail and list, by turns with bare routes');
      const slice = (server: Server, paths: readonly string[]) => readSlice(server, paths, sliceSeconds(run.seconds));
      const ofShop: Server = { port: shop.port, cpuSeconds: () => cpuOf(shop.pid).shop };
      const ofBare: Server = { port: bare.port, cpuSeconds: () => cpuSecondsOf(bare.pid) };
      const taken = { detail: [] as Slice[], bareDetail: [] as Slice[], list: [] as Slice[], bareList: [] as Slice[] };
      for (let round = 0; round < ROUNDS; round++) {
        taken.detail.push(await slice(ofShop, detailPaths));
        taken.bareDetail.push(await slice(ofBare, ['/0']));
        taken.list.push(await slice(ofShop, [LIST]));
        taken.bareList.push(await slice(ofBare, ['/1']));
      }
      return [
        ...figures('product detail', taken.detail, taken.bareDetail),
        ...figures('product list (20)', taken.list, taken.bareList),
      ];
    } finally {
      await bare.stop();
    }
  },
};

interface Server {
  readonly port: number;
  cpuSeconds(): number;
}

interface Slice {
  readonly perSecond: number;
  readonly p99: number;
  /** Of one core. */
  readonly serverShare: number;
  readonly generatorShare: number;
}

const sliceSeconds = (seconds: number) => Math.min(2, seconds / 5);

/** Reads of the paths in turn, by 64 readers. */
async function readSlice(server: Server, paths: readonly string[], seconds: number): Promise<Slice> {
  const requests = paths.map((path) => getRequest(path));
  const from = performance.now();
  const before = { server: server.cpuSeconds(), generator: process.cpuUsage() };
  const load = await closedLoop({
    ...{ port: server.port, users: READERS, seconds },
    journey: async (connection, reader, round) => {
      const status = await connection.statusOf(requests[(reader + round * READERS) % requests.length] ?? '');
      if (status !== 200) throw new Error(`a read was answered ${status}`);
    },
  });
  if (load.failed > 0) throw new Error(load.firstFailure);
  const elapsed = (performance.now() - from) / 1_000;
  const { user, system } = process.cpuUsage(before.generator);
  return {
    perSecond: load.perSecond,
    p99: load.latencies.p99,
    serverShare: (server.cpuSeconds() - before.server) / elapsed,
    generatorShare: (user + system) / 1e6 / elapsed,
  };
}

function figures(what: string, ours: readonly Slice[], bare: readonly Slice[]): readonly Figure[] {
  const of = (slices: readonly Slice[], value: (slice: Slice) => number) => median(slices.map(value));
  const rate = of(ours, ({ perSecond }) => perSecond);
  const bareRate = of(bare, ({ perSecond }) => perSecond);
  const busy = (slices: readonly Slice[]) =>
    `server ${percent(of(slices, ({ serverShare }) => serverShare))}, generator ${percent(of(slices, ({ generatorShare }) => generatorShare))} of a core`;
  return [
    {
      name: what,
      value: rate,
      unit: '/s',
      note: `p99 ${of(ours, ({ p99 }) => p99).toFixed(1)} ms; ${busy(ours)}`,
    },
    {
      name: `${what}: share of a bare route`,
      value: (100 * rate) / bareRate,
      unit: '%',
      bar: { atLeast: 60 },
      note: `the same bytes at ${Math.round(bareRate).toLocaleString('en')}/s; ${busy(bare)}`,
    },
  ];
}

async function bareRoutes(shop: BenchShop, paths: readonly string[]): Promise<Listening> {
  const folder = await mkdtemp(join(tmpdir(), 'jangteo-bare-'));
  try {
    const files = await Promise.all(
      paths.map(async (path, index) => {
        const file = join(folder, String(index));
        await writeFile(
          file,
          new Uint8Array(await (await fetch(`http://127.0.0.1:${shop.port}${path}`)).arrayBuffer()),
        );
        return file;
      }),
    );
    return await listening('bare-routes.ts', files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
