import { hash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { NoticeChannel } from './notice-port.ts';
import { headlineOf, messageOf } from './notice-text.ts';

export interface MailServer {
  /** `smtp://user:password@host:port` or `smtps://…`; with `smtp` TLS is used as soon as the server offers it. */
  readonly url: string;
  readonly from: string;
}

/** Mails through one server. Its connections are opened for each mail: notices are rare. */
export interface Mailer {
  channel(wish: {
    readonly name: string;
    readonly to: readonly string[];
    readonly fromStep: number;
    /** Where the shop's API answers. */
    readonly shopUrl: string;
  }): NoticeChannel;
  close(): void;
}

const LIMITS_MS = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 };

/** Mail over one SMTP server. A channel's `send` rejects when the server does not take the message within seconds. */
export function mailer({ url, from }: MailServer): Mailer {
  const transport = createTransport({ url, ...LIMITS_MS, disableFileAccess: true, disableUrlAccess: true });
  return {
    channel({ name, to, fromStep, shopUrl }) {
      return {
        ...{ name, to: to.join(', '), fromStep },
        async send(notice) {
          await transport.sendMail({
            ...{ from, to: [...to], subject: headlineOf(notice), text: messageOf(notice, shopUrl) },
            // A mail program shows a repetition of the same message once.
            messageId: `<${hash('sha256', notice.id, 'hex').slice(0, 40)}@${domainOf(from)}>`,
            headers: { 'Auto-Submitted': 'auto-generated', 'Jangteo-Notice': notice.id },
          });
        },
      };
    },
    close: () => transport.close(),
  };
}

function domainOf(from: string): string {
  return /@([\w.-]+)/.exec(from)?.[1] ?? 'jangteo';
}
