import { answersOk, HOST } from './addresses.ts';
import { goProgramWithin } from './install/go.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

const MODULE = 'github.com/jaegertracing/jaeger';

/** All of Jaeger in one process, traces in memory: OTLP in, the query API out. Its web page is not part of the Go module. */
export const engine: Engine = {
  name: 'jaeger',
  about: 'traces',
  recipe: {
    version: versions.jaeger,
    programs: ['jaeger-all-in-one'],
    build: (folder) =>
      goProgramWithin(folder, 'jaeger-all-in-one', {
        module: `${MODULE}@v${versions.jaeger}`,
        package: `${MODULE}/cmd/all-in-one`,
      }),
    byHand: 'install Go 1.24, and `jangteo engines install jaeger` builds it',
  },
  port: 16_686,
  ports: ['main', 'otlp-grpc', 'otlp-http', 'grpc', 'admin', 'collector-grpc', 'collector-http'],
  plan({ ports, program }) {
    const at = (name: string) => `${HOST}:${ports[name]}`;
    const options = [
      ...[`--query.http-server.host-port=${at('main')}`, `--query.grpc-server.host-port=${at('grpc')}`],
      ...[`--collector.otlp.grpc.host-port=${at('otlp-grpc')}`, `--collector.otlp.http.host-port=${at('otlp-http')}`],
      ...[`--collector.grpc-server.host-port=${at('collector-grpc')}`],
      ...[`--collector.http-server.host-port=${at('collector-http')}`, `--admin.http.host-port=${at('admin')}`],
    ];
    return {
      url: `http://${at('main')}`,
      processes: [{ name: 'server', command: [program('jaeger-all-in-one'), ...options] }],
      ready: () => answersOk(`http://${at('admin')}/`),
      readyWithinMs: 30_000,
    };
  },
};
