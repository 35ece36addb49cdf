import { parseTraceparent } from '../telemetry/port.ts';
import type { Notice } from './notice-port.ts';
import { type Case, isDirect } from './port.ts';

/** The case of a notice as its receivers see it; never its data. */
export function summaryOf({ service, case: found }: Pick<Notice, 'service' | 'case'>) {
  const { id, subject, openedAt, waiting, failure } = found;
  const traceparent = isDirect(found) ? found.traceparent : found.event.metadata.traceparent;
  return {
    caseId: `${service}.${id}`,
    service,
    what: whatOf(found),
    subject: oneLine(subject),
    openedAt,
    code: failure.code,
    detail: oneLine(failure.detail),
    attempts: failure.attempts,
    waiting,
    traceId: parseTraceparent(traceparent)?.traceId ?? null,
  };
}

/** One line, for a mail's subject. */
export function headlineOf(notice: Notice): string {
  const { what, subject, service } = summaryOf(notice);
  const age = notice.step === 0 ? 'needs you' : `has waited ${ageOf(notice)}`;
  return `[Jangteo] ${service}: ${what} of ${subject} ${age}`;
}

/** The whole message for a person, in plain text. `url` is where the shop's API answers. */
export function messageOf(notice: Notice, url: string): string {
  const { caseId, what, subject, openedAt, code, detail, attempts, waiting, traceId } = summaryOf(notice);
  const { case: found, escalated, team } = notice;
  const lines = [
    isDirect(found)
      ? `${notice.service} reports: ${detail} (${code}; about ${subject})`
      : `${notice.service} cannot handle ${what} of ${subject}: ${detail} (${code}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}).`,
    waiting === 0
      ? 'Nothing waits behind it.'
      : `${waiting} later ${waiting === 1 ? 'event waits' : 'events wait'} behind it.`,
    `It has been open since ${new Date(openedAt).toISOString()} (${ageOf(notice)}).`,
    ...(escalated
      ? [`You are told because nobody has settled it${team === undefined ? '' : ` in the team ${team}`}.`]
      : []),
    '',
    `Case   ${caseId}`,
    ...(traceId === null ? [] : [`Trace  ${traceId}`]),
    `API    ${url}/v1/admin/hospital/${encodeURIComponent(caseId)}`,
    `Shell  npx jangteo hospital show ${caseId}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Whatever a case says, it begins no line of its own in a mail or a log. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}

function whatOf(found: Case): string {
  return isDirect(found) ? found.kind : found.event.type;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function ageOf({ at, case: { openedAt } }: Notice): string {
  const ageMs = at - openedAt;
  for (const [unit, ms] of UNITS) {
    const count = Math.floor(ageMs / ms);
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'less than a minute';
}
