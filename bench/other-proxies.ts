import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Listening } from './child.ts';

/** Proxies of others that may be installed on this machine, each as one process with kept connections to the upstream. */
export const OTHERS: Readonly<Record<string, (folder: string, upstream: number) => Promise<Listening | undefined>>> = {
  nginx: (folder, upstream) =>
    started('nginx', folder, (port) => [
      `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr crit; events { worker_connections 1024; }
http {
  access_log off; ${TEMPORARY.map((each) => `${each}_temp_path ${folder}/${each};`).join(' ')}
  upstream up { server 127.0.0.1:${upstream}; keepalive 64; }
  server {
    listen 127.0.0.1:${port}; keepalive_requests 1000000;
    location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}`,
      (file) => ['-p', folder, '-e', 'stderr', '-c', file],
    ]),
  haproxy: (folder, upstream) =>
    started('haproxy', folder, (port) => [
      `global
  nbthread 1
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
frontend door
  bind 127.0.0.1:${port}
  default_backend up
backend up
  http-reuse always
  server one 127.0.0.1:${upstream}
`,
      (file) => ['-db', '-f', file],
    ]),
};

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

async function started(
  program: string,
  folder: string,
  configured: (port: number) => readonly [string, (file: string) => string[]],
): Promise<Listening | undefined> {
  if (spawnSync(program, ['-v']).error !== undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const [config, args] = configured(port);
  const file = join(folder, `${program}.conf`);
  writeFileSync(file, config);
  const child = spawn(program, args(file), { stdio: ['ignore', 'ignore', 'inherit'] });
  await untilListening(child, port);
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    const socket = connect(port, '127.0.0.1');
    const listens = await new Promise((resolve) =>
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)),
    );
    socket.destroy();
    if (listens) return;
    await pause(50);
  }
  throw new Error(`${child.spawnfile} does not listen on ${port}`);
}
