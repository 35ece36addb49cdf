import { join } from 'node:path';
import { HOST } from './addresses.ts';
import { goProgramWithin } from './install/go.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

const MODULE = 'github.com/hashicorp/consul';

/** One server agent, which needs nobody else for its quorum. */
export const engine: Engine = {
  name: 'consul',
  about: 'service discovery and health',
  recipe: {
    version: versions.consul,
    programs: ['consul'],
    build: (folder) => goProgramWithin(folder, 'consul', { module: `${MODULE}@v${versions.consul}`, package: MODULE }),
    byHand: 'install Consul (`brew install consul`), or Go 1.22 and `jangteo engines install consul` builds it',
  },
  port: 8500,
  ports: ['main', 'dns', 'server', 'serf-lan', 'serf-wan', 'grpc'],
  plan({ ports, folder, program }) {
    const listening = Object.entries(ports).map(([name, port]) => `-${name === 'main' ? 'http' : name}-port=${port}`);
    const url = `http://${HOST}:${ports.main}`;
    return {
      url,
      processes: [
        {
          name: 'agent',
          command: [
            ...[program('consul'), 'agent', '-server', '-bootstrap-expect=1', `-bind=${HOST}`, `-client=${HOST}`],
            ...[
              `-data-dir=${join(folder, 'data')}`,
              '-node=local',
              ...listening,
              '-grpc-tls-port=-1',
              '-hcl=disable_update_check=true',
            ],
          ] as [string, ...string[]],
        },
      ],
      ready: () => hasLeader(url),
      readyWithinMs: 60_000,
    };
  },
};

async function hasLeader(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/v1/status/leader`, { signal: AbortSignal.timeout(2_000) });
  return (await answer.text()).includes(':');
}
