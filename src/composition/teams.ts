import { logChannel } from '../platform/hospital/log-channel.ts';
import { type Mailer, mailer } from '../platform/hospital/mail-channel.ts';
import { type NoticeChannel, type NoticeSchedule, USUAL_SCHEDULE } from '../platform/hospital/notice-port.ts';
import { webhookChannel } from '../platform/hospital/webhook-channel.ts';
import type { Logger } from '../platform/telemetry/port.ts';
import { SetupFault } from './fault.ts';
import type { Settings } from './settings.ts';
import { withoutPassword } from './shown-address.ts';
import type { Team, Topology } from './topology.ts';

/** Who is told of a service's cases, how and when. */
export interface NoticePlan {
  readonly schedule: NoticeSchedule;
  readonly escalateFrom: number;
  of(service: string): { readonly team?: string; readonly channels: readonly NoticeChannel[] };
  close(): void;
}

type TeamSettings = Pick<Settings, 'smtpUrl' | 'mailFrom' | 'webhookSecrets'>;

const ESCALATE_FROM = 3;

/** Nobody but the log is told: for tests and for shops without teams. */
export function logOnly(logger: Logger): NoticePlan {
  const channels = [logChannel(logger)];
  return { schedule: USUAL_SCHEDULE, escalateFrom: ESCALATE_FROM, of: () => ({ channels }), close() {} };
}

/** Brings the teams of a topology and the secrets of the environment together. Throws a SetupFault that says what does not fit. */
export function noticePlan(topology: Topology, settings: TeamSettings, shopUrl: string, logger: Logger): NoticePlan {
  const { teams = {}, services, defaultTeam } = topology;
  const { escalateFrom = ESCALATE_FROM, ...given } = topology.notices ?? {};
  const schedule = { ...USUAL_SCHEDULE, ...given };
  checkSchedule(schedule);
  const owners = Object.entries(services).map(([service, { team }]) => [`services/${service}/team`, team] as const);
  for (const [where, team] of [...owners, ['defaultTeam', defaultTeam] as const]) {
    if (team === undefined || Object.hasOwn(teams, team)) continue;
    throw new SetupFault(
      `The topology names the team "${team}" at ${where}, but its teams are ${Object.keys(teams).join(', ') || 'none'}: add it to teams, or correct the name.`,
    );
  }
  for (const team of Object.keys(settings.webhookSecrets ?? {})) {
    if (teams[team]?.webhook === undefined)
      throw new SetupFault(
        `JANGTEO_WEBHOOK_SECRETS has a secret for "${team}", which is no team with a webhook in the topology: correct the name, or leave it out.`,
      );
  }
  const mail = mailerFor(teams, settings);
  const told = new Map(
    Object.entries(teams).map(([name, team]) => [
      name,
      channelsOf(name, team, { mail, settings, shopUrl, escalateFrom }),
    ]),
  );
  const log = logChannel(logger);
  return {
    ...{ schedule, escalateFrom },
    of(service) {
      const team = services[service]?.team ?? defaultTeam;
      return team === undefined ? { channels: [log] } : { team, channels: [log, ...(told.get(team) ?? [])] };
    },
    close: () => mail?.close(),
  };
}

function channelsOf(
  name: string,
  { mail: to, escalation, webhook }: Team,
  world: { mail: Mailer | undefined; settings: TeamSettings; shopUrl: string; escalateFrom: number },
): readonly NoticeChannel[] {
  const { mail, shopUrl, escalateFrom } = world;
  const channels: NoticeChannel[] = [];
  if (mail && to) channels.push(mail.channel({ name: 'mail', to, fromStep: 0, shopUrl }));
  if (mail && escalation)
    channels.push(mail.channel({ name: 'escalation', to: escalation, fromStep: escalateFrom, shopUrl }));
  if (webhook) {
    const secret = world.settings.webhookSecrets?.[name];
    if (secret === undefined)
      throw new SetupFault(
        `The team ${name} has a webhook but no secret to sign with: set JANGTEO_WEBHOOK_SECRETS=${name}=<at least 16 characters>.`,
      );
    checkUrl(name, webhook.url);
    channels.push(webhookChannel({ url: webhook.url, secret }));
  }
  return channels;
}

function mailerFor(teams: Readonly<Record<string, Team>>, settings: TeamSettings): Mailer | undefined {
  const mailed = Object.keys(teams).find((name) => teams[name]?.mail ?? teams[name]?.escalation);
  if (mailed === undefined) return undefined;
  const { smtpUrl, mailFrom } = settings;
  if (smtpUrl === undefined || mailFrom === undefined)
    throw new SetupFault(
      `The team ${mailed} is told by mail, but ${smtpUrl === undefined ? 'JANGTEO_SMTP_URL' : 'JANGTEO_MAIL_FROM'} is not set: set it, for example JANGTEO_SMTP_URL=smtp://mail.example:587 and JANGTEO_MAIL_FROM=jangteo@example.com.`,
    );
  return mailer({ url: smtpUrl, from: mailFrom });
}

function checkUrl(team: string, url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw new SetupFault(
    `The webhook of the team ${team} is "${withoutPassword(url)}", which is no http or https address: correct it.`,
  );
}

function checkSchedule({ afterMs }: NoticeSchedule): void {
  const ascending = afterMs.every((after, index) => after > (afterMs[index - 1] ?? -1));
  if (ascending && afterMs[0] === 0) return;
  throw new SetupFault(
    'The topology’s notices/afterMs must begin with 0 and ascend: [0, 3600000] for at once and after an hour.',
  );
}
