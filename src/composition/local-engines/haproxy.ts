import { join } from 'node:path';
import { HOST, listens } from './addresses.ts';
import { configFile } from './config-file.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

/** A load balancer for TCP and HTTP. Its master process starts a new worker for a new configuration; the old one serves out. */
export const engine: Engine = {
  name: 'haproxy',
  about: 'load balancer (layers 4 and 7)',
  recipe: {
    version: versions.haproxy,
    programs: ['haproxy'],
    debian: ['haproxy'],
    byHand: 'install HAProxy (`brew install haproxy`, or the package haproxy as root on Debian)',
  },
  port: 8404,
  ports: ['main', 'admin'],
  async plan(context) {
    const { ports, folder, program } = context;
    const haproxy = program('haproxy');
    const config = configFile(context, {
      name: 'haproxy.cfg',
      signal: 'SIGUSR2',
      check: (file) => [haproxy, '-c', '-q', '-f', file],
      fallback: [
        ...['defaults', '  mode http', '  timeout connect 2s', '  timeout client 30s', '  timeout server 30s'],
        ...[
          'frontend main',
          `  bind ${HOST}:${ports.main}`,
          '  http-request return status 200 content-type text/plain string ok',
          '',
        ],
      ].join('\n'),
    });
    await config.write();
    const command = [haproxy, '-W', '-db', '-f', config.file, '-p', join(folder, 'haproxy.pid')] as const;
    return {
      url: `http://${HOST}:${ports.main}`,
      processes: [{ name: 'master', command }],
      ready: () => listens(ports.main),
      readyWithinMs: 20_000,
      reload: config.reload,
    };
  },
};
