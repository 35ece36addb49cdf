import type { Topology } from '../topology.ts';

/** Whom a team's alerts reach. */
export interface Mailing {
  /** `smtp://user:password@host:587`. */
  readonly smtpUrl: string;
  readonly from: string;
}

interface Receiver {
  readonly name: string;
  readonly webhook_configs?: readonly { readonly url: string; readonly send_resolved: true }[];
  readonly email_configs?: readonly object[];
}

const NOBODY = 'nobody';

/** How soon alerts are told, as Alertmanager writes it. */
export interface Pace {
  /** Alerts that begin together are told together. */
  readonly wait: string;
  /** Before a group that was told is told of a change. */
  readonly interval: string;
  /** Before what still burns is told again. */
  readonly repeat: string;
}

const CALM: Pace = { wait: '10s', interval: '1m', repeat: '4h' };

/**
 * Alertmanager's configuration: an alert goes to the team that owns its service, the others to the default team, by the webhook that
 * the topology names and by mail where there is a mail server. What is urgent hides what is not about the same service.
 */
export function alertmanagerConfig(
  { services, teams = {}, defaultTeam }: Pick<Topology, 'services' | 'teams' | 'defaultTeam'>,
  addressOf: (value: string, where: string) => string = (value) => value,
  mailing?: Mailing,
  { wait, interval, repeat }: Pace = CALM,
): string {
  const receivers = Object.entries(teams).map(([name, { alerts, mail }]): Receiver => {
    const url = alerts && addressOf(alerts.url, `teams/${name}/alerts/url`);
    return {
      name,
      ...(url !== undefined && { webhook_configs: [{ url, send_resolved: true }] }),
      ...(mailing && mail && { email_configs: [mailOf(mail, mailing)] }),
    };
  });
  const routes = Object.keys(teams).flatMap((team) => {
    const owned = Object.keys(services).filter((service) => services[service]?.team === team);
    return owned.length === 0 ? [] : [{ receiver: team, matchers: [`service=~"${owned.join('|')}"`] }];
  });
  const config = {
    route: {
      receiver: defaultTeam ?? NOBODY,
      group_by: ['alertname', 'service'],
      ...{ group_wait: wait, group_interval: interval, repeat_interval: repeat },
      routes,
    },
    receivers: [...receivers, { name: NOBODY }],
    inhibit_rules: [
      {
        source_matchers: ['severity="page"'],
        target_matchers: ['severity="ticket"'],
        equal: ['alertname', 'service', 'objective'],
      },
    ],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

function mailOf(to: readonly string[], { smtpUrl, from }: Mailing): object {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const isTls = protocol === 'smtps:';
  return {
    ...{ to: to.join(', '), from, send_resolved: true, require_tls: username !== '' && !isTls },
    smarthost: `${hostname}:${port || (isTls ? 465 : 587)}`,
    ...(username !== '' && {
      auth_username: decodeURIComponent(username),
      auth_password: decodeURIComponent(password),
    }),
  };
}
