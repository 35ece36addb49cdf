import { createConnection, createServer } from 'node:net';
import { SetupFault } from '../fault.ts';
import type { Engine, Ports } from './port.ts';

export const HOST = '127.0.0.1';
const ANSWER_MS = 2_000;
/** Where the search for free ports begins: below those that the system hands out to clients. */
const [FIRST_FREE, LAST_FREE] = [20_100, 32_000];
const STRIDE = 20;
/** Chosen by this process, whose engine may not have opened them yet. */
const given = new Set<number>();

/**
 * The engine's ports: from the wished one on, which must be free, else those of last time, else the usual ones, else others.
 * Throws a SetupFault when the wished ones are taken.
 */
export async function choosePorts(
  engine: Pick<Engine, 'name' | 'port' | 'ports'>,
  wished: number | undefined,
  last: Ports | undefined,
): Promise<Ports> {
  if (wished !== undefined) {
    const ports = portsFrom(engine, wished);
    const taken = await firstTaken(ports);
    if (taken === undefined) return ports;
    throw new SetupFault(`Port ${taken} of ${engine.name} is in use: stop who uses it, or choose another with --port.`);
  }
  const isSameShape = last !== undefined && Object.keys(last).join() === engine.ports.join();
  if (isSameShape && (await firstTaken(last)) === undefined) return last;
  const usual = portsFrom(engine, engine.port);
  if (await take(usual)) return usual;
  // Begins somewhere else in each process, so that two starts at once rarely wish for the same.
  const places = Math.floor((LAST_FREE - FIRST_FREE) / STRIDE);
  for (let tried = 0; tried < places; tried++) {
    const ports = portsFrom(engine, FIRST_FREE + ((process.pid + tried) % places) * STRIDE);
    if (await take(ports)) return ports;
  }
  throw new SetupFault(
    `No ${engine.ports.length} ports in a row are free for ${engine.name}: choose them with --port.`,
  );
}

/** The ports from `first` on, named as the engine names them. */
export function portsFrom({ ports }: Pick<Engine, 'ports'>, first: number): Ports {
  const rest = ports.slice(1).map((name, index) => [name, first + 1 + index] as const);
  return { main: first, ...Object.fromEntries(rest) };
}

/** Whether all were free; they are then this process's. */
async function take(ports: Ports): Promise<boolean> {
  const all = Object.values(ports);
  if (all.some((port) => given.has(port))) return false;
  for (const port of all) given.add(port);
  if ((await firstTaken(ports)) === undefined) return true;
  for (const port of all) given.delete(port);
  return false;
}

async function firstTaken(ports: Ports): Promise<number | undefined> {
  for (const port of Object.values(ports)) if (!(await isFree(port))) return port;
  return undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

/** Whether somebody accepts connections at a port of loopback. */
export function listens(port: number): Promise<boolean> {
  return connects(HOST, port);
}

/** Whether somebody accepts connections there. */
export function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Whether the address answers with 2xx. */
export async function answersOk(url: string, headers: Readonly<Record<string, string>> = {}): Promise<boolean> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
