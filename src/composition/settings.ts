import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupFault } from './fault.ts';
import { withoutPassword } from './shown-address.ts';

/** What the environment says, read once. */
export interface Settings {
  /** Everything the shop keeps on this machine. */
  readonly home: string;
  /** Port of the gateway; 0 takes any free one. */
  readonly port: number;
  readonly host: string;
  /** Where shoppers find the shop, without a slash at the end; undefined: at its own port on this machine. */
  readonly publicUrl?: string;
  /** A PostgreSQL that is already there; undefined: one of our own. */
  readonly databaseUrl?: string;
  readonly adminToken?: string;
  readonly capabilitySecret?: string;
  /** 32 bytes that wrap everybody's keys. */
  readonly masterKey?: Uint8Array;
  readonly logLevel: LogLevel;
  /** Sample catalogue in an empty shop; sellers ship and the carrier delivers by themselves. */
  readonly demo: boolean;
  readonly topology: string;
  /** Where traces go (OpenTelemetry over HTTP), and which share of them. */
  readonly tracesUrl?: string;
  readonly traceRatio: number;
  /** What `jangteo up` tells a process of a topology: where its peers, the simulators and the engines that it started listen, by name. */
  readonly peers?: Addresses;
  readonly simulators?: Addresses;
  readonly engines?: Addresses;
  /** Begins the names of databases and roles, so that several shops can share a server. Default `jangteo`. */
  readonly databasePrefix?: string;
  /** From which the databases' roles get their passwords, for a process that does not share the folder in which it is kept. */
  readonly rolePasswordSeed?: string;
  /** Through which mails to the teams go, and from whom. */
  readonly smtpUrl?: string;
  readonly mailFrom?: string;
  /** What the notices to a team's webhook are signed with, by team. */
  readonly webhookSecrets?: Readonly<Record<string, string>>;
  /** Which versions of the apps are served, by platform: older ones than `minimum` are not, before `current` an update is offered. */
  readonly appVersions?: Readonly<Record<string, { readonly minimum: string; readonly current: string }>>;
}

export type Addresses = Readonly<Record<string, string>>;

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

export const cloneFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const KNOWN = new Set([
  'JANGTEO_HOME',
  'JANGTEO_HOST',
  'JANGTEO_PUBLIC_URL',
  'JANGTEO_ADMIN_TOKEN',
  'JANGTEO_SECRET',
  'JANGTEO_MASTER_KEY',
  'JANGTEO_DEMO',
  'JANGTEO_TOPOLOGY',
  'JANGTEO_TRACE_RATIO',
  'JANGTEO_SMTP_URL',
  'JANGTEO_MAIL_FROM',
  'JANGTEO_WEBHOOK_SECRETS',
  'JANGTEO_APP_VERSIONS',
  'JANGTEO_PEERS',
  'JANGTEO_SIMULATORS',
  'JANGTEO_ENGINES',
  'JANGTEO_ROLE_PASSWORD_SEED',
  'JANGTEO_DATABASE_PREFIX',
  'JANGTEO_LAUNCHER',
  'JANGTEO_CHROMIUM',
  'JANGTEO_REQUIRE_BROWSER',
  'JANGTEO_ENGINES_CACHE',
  'JANGTEO_REQUIRE_ENGINES',
]);
/** Where tests find engines: nothing that a shop reads. */
const OF_TESTS = 'JANGTEO_TEST_';

/** Reads the settings. Throws a SetupFault that names the wrong one. */
export function readSettings(env: Environment): Settings {
  const stranger = Object.keys(env).find(
    (name) => name.startsWith('JANGTEO_') && !name.startsWith(OF_TESTS) && !KNOWN.has(name),
  );
  if (stranger !== undefined)
    throw new SetupFault(`${stranger} is not a setting of Jangteo: correct its name or unset it (README lists them).`);
  const masterKey = masterKeyFrom(env);
  return {
    home: resolve(cloneFolder, given(env, 'JANGTEO_HOME') ?? '.jangteo'),
    port: portFrom(env),
    host: given(env, 'JANGTEO_HOST') ?? '127.0.0.1',
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    demo: oneOf(env, 'JANGTEO_DEMO', ['on', 'off'], 'on') === 'on',
    topology: topologyFile(given(env, 'JANGTEO_TOPOLOGY') ?? 'laptop'),
    traceRatio: ratioFrom(env),
    ...optional('publicUrl', publicUrlFrom(env)),
    ...optional('databaseUrl', databaseUrlFrom(env)),
    ...optional('adminToken', longEnough(env, 'JANGTEO_ADMIN_TOKEN')),
    ...optional('capabilitySecret', longEnough(env, 'JANGTEO_SECRET')),
    ...optional('masterKey', masterKey),
    ...optional('peers', addressesFrom(env, 'JANGTEO_PEERS')),
    ...optional('simulators', addressesFrom(env, 'JANGTEO_SIMULATORS')),
    ...optional('engines', addressesFrom(env, 'JANGTEO_ENGINES')),
    ...optional('databasePrefix', databasePrefixFrom(env)),
    ...optional('rolePasswordSeed', longEnough(env, 'JANGTEO_ROLE_PASSWORD_SEED')),
    ...optional('smtpUrl', smtpUrlFrom(env)),
    ...optional('mailFrom', mailFrom(env)),
    ...optional('webhookSecrets', webhookSecretsFrom(env)),
    ...optional('appVersions', appVersionsFrom(env)),
    ...optional('tracesUrl', given(env, 'OTEL_EXPORTER_OTLP_ENDPOINT')),
  };
}

/** The file of a topology: a bare name is one of `topologies/`, anything else a path. */
export function topologyFile(nameOrPath: string): string {
  return /^[a-z][a-z-]*$/.test(nameOrPath) ? join(cloneFolder, 'topologies', `${nameOrPath}.json`) : nameOrPath;
}

/** An empty variable is an unset one. */
function given(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function portFrom(env: Environment): number {
  const text = given(env, 'PORT') ?? '8080';
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new SetupFault(`PORT is "${text}" but must be a whole number from 0 to 65535: set PORT=8080, or unset it.`);
}

function ratioFrom(env: Environment): number {
  const text = given(env, 'JANGTEO_TRACE_RATIO') ?? '0.01';
  const ratio = Number(text);
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw new SetupFault(
    `JANGTEO_TRACE_RATIO is "${text}" but must be a number from 0 to 1: set it to 0.01, or unset it.`,
  );
}

function databaseUrlFrom(env: Environment): string | undefined {
  const text = given(env, 'DATABASE_URL');
  if (text === undefined) return undefined;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  throw new SetupFault(
    'DATABASE_URL is not an address of a PostgreSQL: write it as postgres://user:password@host:5432/postgres, or unset it to use the built-in one.',
  );
}

function databasePrefixFrom(env: Environment): string | undefined {
  const text = given(env, 'JANGTEO_DATABASE_PREFIX');
  if (text === undefined || /^[a-z][a-z0-9_]{0,19}$/.test(text)) return text;
  throw new SetupFault(
    `JANGTEO_DATABASE_PREFIX is "${text}" but must be a small letter and up to 19 small letters, digits and underscores: correct it, or unset it.`,
  );
}

function publicUrlFrom(env: Environment): string | undefined {
  const text = given(env, 'JANGTEO_PUBLIC_URL');
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  throw new SetupFault(
    `JANGTEO_PUBLIC_URL is "${withoutPassword(text)}" but must be the address that shoppers see, without a path: set it to https://shop.example, or unset it.`,
  );
}

function smtpUrlFrom(env: Environment): string | undefined {
  const text = given(env, 'JANGTEO_SMTP_URL');
  if (text === undefined || (URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol))) return text;
  throw new SetupFault(
    'JANGTEO_SMTP_URL is not an address of a mail server: write it as smtp://user:password@host:587, or unset it.',
  );
}

function mailFrom(env: Environment): string | undefined {
  const text = given(env, 'JANGTEO_MAIL_FROM');
  if (text === undefined || /^[^@\s]+@[^@\s]+$/.test(text)) return text;
  throw new SetupFault(`JANGTEO_MAIL_FROM is "${text}" but must be a mail address: correct it, or unset it.`);
}

function webhookSecretsFrom(env: Environment): Readonly<Record<string, string>> | undefined {
  const text = given(env, 'JANGTEO_WEBHOOK_SECRETS');
  if (text === undefined) return undefined;
  const pairs = text.split(',').map((pair) => /^\s*([a-z][a-z-]*)=(\S{16,})\s*$/.exec(pair));
  if (pairs.some((pair) => pair === null))
    throw new SetupFault(
      'JANGTEO_WEBHOOK_SECRETS must be pairs of team=secret with commas between, each secret of at least 16 characters: correct it, or unset it.',
    );
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}

function appVersionsFrom(env: Environment): Settings['appVersions'] {
  const text = given(env, 'JANGTEO_APP_VERSIONS');
  if (text === undefined) return undefined;
  const version = String.raw`\d{1,6}(?:\.\d{1,6}){0,3}`;
  const each = new RegExp(`^(ios|android)=(${version})\\.\\.(${version})$`);
  const told = text.split(',').map((pair) => each.exec(pair.trim()));
  if (told.some((pair) => pair === null))
    throw new SetupFault(
      `JANGTEO_APP_VERSIONS is "${text}" but must be pairs like ios=1.2.0..2.0.1,android=3..3.1 (the oldest that is served, the newest there is): correct it, or unset it.`,
    );
  return Object.fromEntries(
    told.map((pair) => [pair?.[1] ?? '', { minimum: pair?.[2] ?? '', current: pair?.[3] ?? '' }]),
  );
}

function masterKeyFrom(env: Environment): Uint8Array | undefined {
  const text = given(env, 'JANGTEO_MASTER_KEY');
  if (text === undefined) return undefined;
  const key = Buffer.from(text, 'base64');
  if (key.length === 32) return key;
  throw new SetupFault(
    'JANGTEO_MASTER_KEY must be 32 bytes in base64: make one with `openssl rand -base64 32`, or unset it to have one made and kept.',
  );
}

/** A JSON object of addresses by name. */
function addressesFrom(env: Environment, name: string): Addresses | undefined {
  const text = given(env, name);
  if (text === undefined) return undefined;
  try {
    const found = JSON.parse(text) as unknown;
    const isObject = typeof found === 'object' && found !== null && !Array.isArray(found);
    if (isObject && Object.values(found).every((value) => typeof value === 'string')) return found as Addresses;
  } catch {
    // Told below.
  }
  throw new SetupFault(
    `${name} must be a JSON object of addresses by name, like {"app-1":"http://127.0.0.1:3001"}: correct it, or unset it.`,
  );
}

function longEnough(env: Environment, name: string): string | undefined {
  const value = given(env, name);
  if (value === undefined || value.length >= 16) return value;
  throw new SetupFault(`${name} must have at least 16 characters: choose a longer one, or unset it to have one made.`);
}

function oneOf<Value extends string>(
  env: Environment,
  name: string,
  allowed: readonly Value[],
  otherwise: Value,
): Value {
  const text = given(env, name) ?? otherwise;
  const found = allowed.find((each) => each === text);
  if (found !== undefined) return found;
  throw new SetupFault(`${name} is "${text}" but must be one of ${allowed.join(', ')}: correct it, or unset it.`);
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [N in Name]: Value });
}
