import { SetupFault } from '../fault.ts';
import { type Engine, type EngineName, engineNames } from './port.ts';

/** One line an engine; its file is loaded when it is asked for. */
const files: Readonly<Record<EngineName, () => Promise<{ readonly engine: Engine }>>> = {
  redis: () => import('./redis.ts'),
  'redis-sentinel': () => import('./redis-sentinel.ts'),
  'redis-cluster': () => import('./redis-cluster.ts'),
  kafka: () => import('./kafka.ts'),
  opensearch: () => import('./opensearch.ts'),
  haproxy: () => import('./haproxy.ts'),
  nginx: () => import('./nginx.ts'),
  consul: () => import('./consul.ts'),
  toxiproxy: () => import('./toxiproxy.ts'),
  envoy: () => import('./envoy.ts'),
  eureka: () => import('./eureka.ts'),
  mariadb: () => import('./mariadb.ts'),
  prometheus: () => import('./prometheus.ts'),
  alertmanager: () => import('./alertmanager.ts'),
  otelcol: () => import('./otelcol.ts'),
  zipkin: () => import('./zipkin.ts'),
  jaeger: () => import('./jaeger.ts'),
};

export async function engineOf(name: EngineName): Promise<Engine> {
  return (await files[name]()).engine;
}

/** Throws a SetupFault that lists the names there are. */
export function asEngineName(name: string): EngineName {
  const found = engineNames.find((each) => each === name);
  if (found === undefined)
    throw new SetupFault(`${name} is not an engine that Jangteo can start: choose from ${engineNames.join(', ')}.`);
  return found;
}
