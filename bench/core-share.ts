import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';
/** Short, so that a process that has used its share does not stand still for long. */
const PERIOD_US = 10_000;

/**
 * Gives each process no more than such a share of a core (0.25: a quarter), in a control group of its own, as if it ran on a small machine of
 * its own. Linux, as root: throws one plain sentence elsewhere. What it answers removes the groups, once the processes have ended.
 */
export function limitCores(pids: readonly number[], share: number): () => void {
  const made: string[] = [];
  try {
    const folder = cpuGroups();
    for (const pid of pids) {
      const group = join(folder, `jangteo-bench-${process.pid}-${pid}`);
      mkdirSync(group);
      made.push(group);
      limit(group, Math.round(share * PERIOD_US));
      writeFileSync(join(group, 'cgroup.procs'), String(pid));
    }
  } catch (cause) {
    throw new Error(
      'a share of a core can be given on Linux alone, with control groups, as root: leave out --core-share',
      {
        cause,
      },
    );
  }
  return () => {
    for (const group of made) rmdirSync(group);
  };
}

function limit(group: string, quotaUs: number): void {
  if (existsSync(join(group, 'cpu.max'))) writeFileSync(join(group, 'cpu.max'), `${quotaUs} ${PERIOD_US}`);
  else {
    writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD_US));
    writeFileSync(join(group, 'cpu.cfs_quota_us'), String(quotaUs));
  }
}

/** Where groups that share processor time are made: version 1 has a folder for that, in version 2 it may have to be switched on. */
function cpuGroups(): string {
  if (existsSync(join(ROOT, 'cpu', 'cpu.cfs_quota_us'))) return join(ROOT, 'cpu');
  const controllers = readFileSync(join(ROOT, 'cgroup.controllers'), 'utf8').split(/\s/);
  if (!controllers.includes('cpu')) throw new Error(`${ROOT} has no controller of processor time`);
  writeFileSync(join(ROOT, 'cgroup.subtree_control'), '+cpu');
  return ROOT;
}
