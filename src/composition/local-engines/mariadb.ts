import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { HOST } from './addresses.ts';
import { runTool } from './install/run-tool.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

const DEFAULT_MEMORY_MB = 64;
const GREETING_MS = 2_000;
const PROTOCOL_VERSION = 10;
const AFTER_PACKET_HEADER = 4;

/** One server whose root has no password. As root it runs as root, for its data may lie where no other account may look. */
export const engine: Engine = {
  name: 'mariadb',
  about: 'a second kind of database, for two-phase commit',
  recipe: {
    version: versions.mariadb,
    programs: ['mariadbd', 'mariadb-install-db'],
    debian: ['mariadb-server'],
    byHand: 'install MariaDB (`brew install mariadb`, or the package mariadb-server as root on Debian)',
  },
  port: 3306,
  ports: ['main'],
  async plan({ ports, folder, memoryMb = DEFAULT_MEMORY_MB, settings, program }) {
    const data = join(folder, 'data');
    const account = process.getuid?.() === 0 ? ['--user=root'] : [];
    if (!existsSync(join(data, 'mysql'))) {
      const options = [`--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
      await runTool([program('mariadb-install-db'), '--no-defaults', ...account, ...options], { folder });
    }
    const options = [
      ...['--no-defaults', ...account, `--datadir=${data}`, `--bind-address=${HOST}`, `--port=${ports.main}`],
      ...[`--socket=${join(data, 'sock')}`, `--pid-file=${join(data, 'pid')}`, '--skip-name-resolve'],
      ...[`--innodb-buffer-pool-size=${memoryMb}M`, ...Object.entries(settings).map((each) => `--${each.join('=')}`)],
    ];
    return {
      url: `mysql://root@${HOST}:${ports.main}`,
      processes: [{ name: 'server', command: [program('mariadbd'), ...options] }],
      ready: () => greets(ports.main),
      readyWithinMs: 60_000,
    };
  },
};

/** Whether a connection is greeted by the protocol rather than by an error. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: HOST });
    socket.setTimeout(GREETING_MS, () => socket.destroy());
    socket.once('data', (bytes) => {
      resolve(bytes[AFTER_PACKET_HEADER] === PROTOCOL_VERSION);
      socket.destroy();
    });
    socket.once('error', () => resolve(false)).once('close', () => resolve(false));
  });
}
