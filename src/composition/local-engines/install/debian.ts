import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { programOnPath, runTool } from './run-tool.ts';

const POLICY = '/usr/sbin/policy-rc.d';
const WAIT_FOR_OTHERS = ['-o', 'DPkg::Lock::Timeout=600'];

/** Whether this process may install Debian's packages. */
export function mayInstallPackages(): boolean {
  return process.getuid?.() === 0 && programOnPath('apt-get') !== undefined;
}

/** Debian's packages without their services: we start servers of our own. Throws a SetupFault. */
export async function installPackages(packages: readonly string[]): Promise<void> {
  const kept = existsSync(POLICY);
  if (!kept) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const tool = (...args: string[]) =>
    runTool(['apt-get', ...args, ...WAIT_FOR_OTHERS], { folder: '/', env: { DEBIAN_FRONTEND: 'noninteractive' } });
  const install = () => tool('install', '-y', '-qq', '--no-install-recommends', ...packages);
  try {
    // A machine that has never asked, or long ago, does not know where the packages are today.
    await install().catch(async () => {
      await tool('update', '-qq');
      await install();
    });
  } finally {
    if (!kept) rmSync(POLICY, { force: true });
  }
}
