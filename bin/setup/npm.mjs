import { spawnSync } from 'node:child_process';

/** The set-up cannot go on; the message is one plain sentence with the way out. */
export class SetupFault extends Error {}

/** Runs npm quietly in `folder`; what it printed is shown only when it fails. Throws a SetupFault. */
export function npm(folder, args, whatFailed) {
  const script = process.env.npm_execpath;
  const ownNpm = script?.endsWith('npm-cli.js') === true;
  const command = ownNpm ? process.execPath : 'npm';
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-progress', '--no-update-notifier'];
  const result = spawnSync(command, [...(ownNpm ? [script] : []), ...args, ...quiet], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  if (result.error?.code === 'ENOENT')
    throw new SetupFault('npm was not found: install it (it comes with Node from nodejs.org) and start again.');
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`.trim());
  throw new SetupFault(`${whatFailed} What npm said stands above; put it right and start again.`);
}
