import { readFileSync } from 'node:fs';
import { Agent, get as ask } from 'node:http';
import { readState } from '../src/composition/home.ts';
import { benchHome, startBenchShop } from './shop.ts';

/**
 * What a GET of a cart costs in processor time, over all processes of `topologies/sessions.json`: from a copy, forwarded to whoever
 * leads the carts, and there. Run it by itself: `node bench/cart-copies.ts`. What the machine does beside it counts in as well.
 */
const READS = 2_000;
const ROUNDS = 3;
const AT_ONCE = 8;
const TICK_US = 10_000;

const home = await benchHome();
try {
  const shop = await startBenchShop(home.path, { JANGTEO_DEMO: 'on' }, 'sessions');
  try {
    await measure();
  } finally {
    await shop.stop();
  }
} finally {
  await home.discard();
}

async function measure(): Promise<void> {
  const programs = readState(home.path)?.programs ?? [];
  const rows = programs.filter(({ name }) => /^(app-|redis)/.test(name));
  const leader = programs.find(({ name }) => name === 'app-1')?.port;
  const other = programs.find(({ name }) => name === 'app-2')?.port;
  const { items } = (await json(`http://127.0.0.1:${leader}/v1/products?limit=1`)) as {
    items: { productId: string }[];
  };
  const product = await json(`http://127.0.0.1:${leader}/v1/products/${items[0]?.productId}`);
  const [{ sku }] = (product as { variants: [{ sku: string }] }).variants;
  const { cartId, token } = (await json(`http://127.0.0.1:${leader}/v1/carts`, { body: {} })) as Record<string, string>;
  const path = `/v1/carts/${cartId}`;
  const authorization = `Bearer ${token}`;
  const line = { authorization, body: { sku, quantity: 1 } };
  const { asOf } = (await json(`http://127.0.0.1:${leader}${path}/lines`, line)) as Record<string, string>;

  const ways = {
    'from a copy': `http://127.0.0.1:${other}${path}?after=${asOf}`,
    forwarded: `http://127.0.0.1:${other}${path}`,
    'where it is led': `http://127.0.0.1:${leader}${path}`,
  };
  for (let round = 1; round <= ROUNDS; round++)
    for (const [way, url] of Object.entries(ways)) {
      await readMany(url, authorization, 100);
      const before = rows.map(({ pid }) => cpuUs(pid));
      await readMany(url, authorization, READS);
      const used = rows.map(({ name, pid }, index) => [name, (cpuUs(pid) - (before[index] ?? 0)) / READS] as const);
      const total = used.reduce((sum, [, us]) => sum + us, 0);
      const each = used.map(([name, us]) => `${name} ${us.toFixed(0)}`).join(', ');
      console.log(`${way}: ${total.toFixed(0)} µs a GET (${each})`);
    }
}

async function readMany(url: string, authorization: string, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let left = count;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) await read(url, authorization, agent);
    }),
  );
  agent.destroy();
}

function read(url: string, authorization: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    ask(url, { agent, headers: { authorization } }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    }).once('error', reject);
  });
}

async function json(url: string, { body, authorization }: { body?: object; authorization?: string } = {}) {
  const answer = await fetch(url, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json() as Promise<unknown>;
}

/** The processor time that a process has used, in µs. */
function cpuUs(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}
