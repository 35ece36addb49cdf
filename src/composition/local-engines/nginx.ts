import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOST, listens } from './addresses.ts';
import { configFile } from './config-file.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

/**
 * A web server as gateway and balancer. A configuration of one's own needs no paths: it begins in the engine's folder, and what
 * nginx would keep in the system's folders is turned to that folder by the options of the command line.
 */
export const engine: Engine = {
  name: 'nginx',
  about: 'gateway and load balancer',
  recipe: {
    version: versions.nginx,
    programs: ['nginx'],
    debian: ['nginx-light', 'libnginx-mod-stream'],
    byHand: 'install nginx (`brew install nginx`, or the package nginx as root on Debian)',
  },
  port: 8088,
  ports: ['main', 'admin'],
  async plan(context) {
    const { ports, folder, program } = context;
    const nginx = program('nginx');
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    const always = ['-p', folder, '-e', join(folder, 'logs', 'error.log'), '-g', 'daemon off;'];
    const config = configFile(context, {
      name: 'nginx.conf',
      signal: 'SIGHUP',
      check: (file) => [nginx, '-t', '-q', ...always, '-c', file],
      fallback: nginxConfig(`server { listen ${HOST}:${ports.main}; location / { return 200 "ok"; } }`),
    });
    await config.write();
    return {
      url: `http://${HOST}:${ports.main}`,
      processes: [{ name: 'master', command: [nginx, ...always, '-c', config.file], stopSignal: 'SIGQUIT' }],
      ready: () => listens(ports.main),
      readyWithinMs: 20_000,
      reload: config.reload,
    };
  },
};

/** A whole configuration around what stands in its `http` block: everything nginx writes lies in the engine's folder. */
export function nginxConfig(http: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (each) => `  ${each}_temp_path tmp/${each};`,
  );
  return [
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    ...[
      'worker_processes 1;',
      'pid nginx.pid;',
      'events {}',
      'http {',
      '  access_log off;',
      ...temporary,
      http,
      '}',
      '',
    ],
  ].join('\n');
}
