import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** What a group of processes has used: CPU seconds since each began, resident memory now in MB. Linux only. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly residentMb: number;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly ticks: number;
  readonly residentPages: number;
}

/** The usage of a process and of all it started, and of those processes whose command line contains `also`. */
export function usageOf(root: number, also?: string): Usage {
  const all = processes();
  const wanted = new Set<number>([root]);
  if (also !== undefined) for (const each of all) if (each.command.includes(also)) wanted.add(each.pid);
  for (let grew = true; grew; ) {
    grew = false;
    for (const each of all) {
      if (wanted.has(each.parent) && !wanted.has(each.pid)) {
        wanted.add(each.pid);
        grew = true;
      }
    }
  }
  const chosen = all.filter((each) => wanted.has(each.pid));
  return {
    cpuSeconds: chosen.reduce((total, each) => total + each.ticks, 0) / TICKS_PER_SECOND,
    residentMb: (chosen.reduce((total, each) => total + each.residentPages, 0) * 4096) / 1_048_576,
  };
}

/** The resident memory of one process in MB. */
export function residentMb(pid: number): number {
  return ((processes().find((each) => each.pid === pid)?.residentPages ?? 0) * 4096) / 1_048_576;
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
