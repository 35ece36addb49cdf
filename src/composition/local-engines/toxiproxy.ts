import { answersOk, HOST } from './addresses.ts';
import { goProgram } from './install/go.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

/** Slow, cut and lossy links between a client and a server; told what to do over HTTP. */
export const engine: Engine = {
  name: 'toxiproxy',
  about: 'faults of the network between two processes',
  recipe: {
    version: versions.toxiproxy,
    programs: ['toxiproxy-server'],
    build: (folder) =>
      goProgram(folder, 'toxiproxy-server', `github.com/Shopify/toxiproxy/v2/cmd/server@v${versions.toxiproxy}`),
    byHand: 'install Go, and `jangteo engines install toxiproxy` builds it',
  },
  port: 8474,
  ports: ['main'],
  plan({ ports, program }) {
    const url = `http://${HOST}:${ports.main}`;
    return {
      url,
      processes: [
        { name: 'server', command: [program('toxiproxy-server'), '-host', HOST, '-port', String(ports.main)] },
      ],
      ready: () => answersOk(`${url}/version`),
      readyWithinMs: 20_000,
    };
  },
};
