import type { Setting } from '../edges/console/system-routes.ts';
import type { Addresses, Environment, Settings } from './settings.ts';
import { HIDDEN, withoutPassword } from './shown-address.ts';

const SECRET = /secret|token|password|key$/i;

/** What a topology says to a part, flat, as an operator may see it. */
export function shownSettings(settings: Readonly<Record<string, unknown>>, prefix = ''): Setting[] {
  return Object.entries(settings).flatMap(([name, value]): Setting[] => {
    const path = `${prefix}${name}`;
    const secret = SECRET.test(name);
    if (!secret && typeof value === 'object' && value !== null && !Array.isArray(value))
      return shownSettings(value as Readonly<Record<string, unknown>>, `${path}.`);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [{ name: path, value: secret ? HIDDEN : withoutPassword(text), secret, source: 'topology' }];
  });
}

/** What the process was started with, variable by variable: the value in force and where it comes from. */
export function shownEnvironment(settings: Settings, env: Environment): Setting[] {
  const isGiven = (name: string) => (env[name]?.trim() ?? '') !== '';
  const plain = (name: string, value: string | number | boolean | undefined): Setting => ({
    name,
    value: value === undefined ? '' : withoutPassword(String(value)),
    secret: false,
    source: isGiven(name) ? 'environment' : 'default',
  });
  /** Made and kept where the environment gives none, unless there need not be one at all. */
  const secret = (name: string, otherwise: 'kept' | 'default'): Setting => ({
    name,
    value: isGiven(name) || otherwise === 'kept' ? HIDDEN : '',
    secret: true,
    source: isGiven(name) ? 'environment' : otherwise,
  });
  return [
    plain('PORT', settings.port),
    plain('JANGTEO_HOST', settings.host),
    plain('JANGTEO_HOME', settings.home),
    plain('JANGTEO_TOPOLOGY', settings.topology),
    plain('JANGTEO_DEMO', settings.demo ? 'on' : 'off'),
    plain('DATABASE_URL', settings.databaseUrl),
    plain('JANGTEO_DATABASE_PREFIX', settings.databasePrefix),
    plain('LOG_LEVEL', settings.logLevel),
    plain('JANGTEO_TRACE_RATIO', settings.traceRatio),
    plain('OTEL_EXPORTER_OTLP_ENDPOINT', settings.tracesUrl),
    plain('JANGTEO_SMTP_URL', settings.smtpUrl),
    plain('JANGTEO_MAIL_FROM', settings.mailFrom),
    plain('JANGTEO_APP_VERSIONS', shownVersions(settings.appVersions)),
    plain('JANGTEO_PEERS', shownAddresses(settings.peers)),
    plain('JANGTEO_SIMULATORS', shownAddresses(settings.simulators)),
    plain('JANGTEO_ENGINES', shownAddresses(settings.engines)),
    secret('JANGTEO_ADMIN_TOKEN', 'kept'),
    secret('JANGTEO_SECRET', 'kept'),
    secret('JANGTEO_MASTER_KEY', 'kept'),
    secret('JANGTEO_ROLE_PASSWORD_SEED', 'kept'),
    secret('JANGTEO_WEBHOOK_SECRETS', 'default'),
  ];
}

function shownVersions(versions: Settings['appVersions'] = {}): string {
  return Object.entries(versions)
    .map(([platform, { minimum, current }]) => `${platform}=${minimum}..${current}`)
    .join(',');
}

function shownAddresses(addresses: Addresses = {}): string {
  return Object.entries(addresses)
    .map(([name, url]) => `${name} ${withoutPassword(url)}`)
    .join(', ');
}
