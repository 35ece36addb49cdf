import type { Case } from './port.ts';

/** What the owning team is told of a case. */
export interface Notice {
  /** The same at every attempt of one notice over one channel: receivers tell repetitions by it. */
  readonly id: string;
  readonly service: string;
  readonly team: string | undefined;
  /** When this attempt is made, in ms. */
  readonly at: number;
  /** 0 when the case was admitted, then one more as it ages. */
  readonly step: number;
  readonly escalated: boolean;
  readonly case: Case;
}

/** A way to tell somebody. */
export interface NoticeChannel {
  /** Unique among the channels of a service. */
  readonly name: string;
  /** Whom it reaches; for the record. Never a secret. */
  readonly to: string;
  /** The first notice that goes this way; 0 for all. */
  readonly fromStep: number;
  /** Resolves when the other side has taken the notice, within seconds; rejects when it has not, and is asked again. */
  send(notice: Notice): Promise<void>;
}

/** When the team is told: times since the case was opened, in ms. */
export interface NoticeSchedule {
  /** Ascending, beginning with 0. */
  readonly afterMs: readonly number[];
  /** After the last of these, again and again. */
  readonly everyMs: number;
}

const HOUR_MS = 3_600_000;

/** At once, after one hour, four hours, a day, and then daily. */
export const USUAL_SCHEDULE: NoticeSchedule = {
  afterMs: [0, HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS],
  everyMs: 24 * HOUR_MS,
};

/** How old a case is when its notice `step` is due, in ms. */
export function ageAt({ afterMs, everyMs }: NoticeSchedule, step: number): number {
  const last = afterMs.length - 1;
  return step <= last ? (afterMs[step] ?? 0) : (afterMs[last] ?? 0) + (step - last) * everyMs;
}

/** The latest notice that is due of a case of this age. */
export function stepAt(schedule: NoticeSchedule, ageMs: number): number {
  let step = 0;
  while (ageAt(schedule, step + 1) <= ageMs) step++;
  return step;
}
