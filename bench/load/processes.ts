import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

/** CPU seconds that the shop's processes have used since they began. Linux only. */
export interface CpuSeconds {
  readonly shop: number;
  readonly postgres: number;
  readonly processor: number;
  /** Whatever else runs for the shop: a balancer, a broker, other engines and simulators. */
  readonly engines: number;
  /** This process: the load generator. */
  readonly generator: number;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Its own, and with those of its children that have ended. */
  readonly ticks: number;
  readonly residentPages: number;
}

/** What the shop's Node process (of a topology: all its processes), its PostgreSQL and its simulated card processor have used so far. */
export function cpuOf(shop: number): CpuSeconds {
  const all = processes();
  const children = all.filter(({ parent }) => parent === shop);
  const sumOf = (wanted: readonly Process[]) => wanted.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
  const postmasters = children.filter(({ command }) => command.includes('bin/postgres'));
  const replicas = children.filter(isReplica);
  const backends = all.filter(({ parent }) => postmasters.some(({ pid }) => pid === parent));
  const processors = children.filter(({ command }) => command.includes('card-processor'));
  const known = new Set([...replicas, ...postmasters, ...backends, ...processors]);
  const engines = descendantsOf(shop, all).filter((each) => !known.has(each));
  const { user, system } = process.cpuUsage();
  return {
    shop: sumOf([...all.filter(({ pid }) => pid === shop), ...replicas]),
    postgres: sumOf([...postmasters, ...backends]),
    processor: sumOf(processors),
    engines: sumOf(engines),
    generator: (user + system) / 1e6,
  };
}

/** The processes that `jangteo up` runs of one name. */
export function replicasOf(shop: number, name: string): readonly number[] {
  return processes()
    .filter((each) => each.parent === shop && isReplica(each) && each.command.includes(` ${name} `))
    .map(({ pid }) => pid);
}

function isReplica({ command }: Process): boolean {
  return command.includes('main.ts serve ');
}

function descendantsOf(pid: number, all: readonly Process[]): readonly Process[] {
  const children = all.filter(({ parent }) => parent === pid);
  return [...children, ...children.flatMap((child) => descendantsOf(child.pid, all))];
}

/** The seconds that this machine's cores have had since it began, all together, and how many of them its host gave to others. Linux only. */
export function machineSeconds(): { readonly all: number; readonly stolen: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  // user, nice, system, idle, iowait, irq, softirq, steal; what guests had is within the first two.
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const all = ticks.reduce((sum, each) => sum + each, 0);
  return { all: all / TICKS_PER_SECOND, stolen: (ticks[7] ?? 0) / TICKS_PER_SECOND };
}

/** CPU seconds of one process. */
export function cpuSecondsOf(pid: number): number {
  return read(pid).ticks / TICKS_PER_SECOND;
}

export function cpuBetween(before: CpuSeconds, after: CpuSeconds): CpuSeconds {
  return {
    shop: after.shop - before.shop,
    postgres: after.postgres - before.postgres,
    processor: after.processor - before.processor,
    engines: after.engines - before.engines,
    generator: after.generator - before.generator,
  };
}

/** The resident memory of one process in MB. */
export function residentMb(pid: number): number {
  return (read(pid).residentPages * PAGE_BYTES) / 1_048_576;
}

function processes(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [read(Number(name))];
      } catch {
        return [];
      }
    });
}

function read(pid: number): Process {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    parent: Number(fields[1]),
    ticks: Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]),
    residentPages: Number(fields[21]),
    command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
  };
}
