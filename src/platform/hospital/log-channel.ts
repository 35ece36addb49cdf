import type { Logger } from '../telemetry/port.ts';
import type { NoticeChannel } from './notice-port.ts';
import { summaryOf } from './notice-text.ts';

/** Tells whoever reads the log; needs nothing and never fails. */
export function logChannel(logger: Logger): NoticeChannel {
  return {
    name: 'log',
    to: 'the log',
    fromStep: 0,
    async send(notice) {
      const { caseId, detail, ...summary } = summaryOf(notice);
      const { team, step } = notice;
      logger.warn({ case: caseId, team, step, ...summary }, `a case in the hospital waits for a person: ${detail}`);
    },
  };
}
