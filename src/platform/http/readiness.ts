import type { Json } from '../../kernel/json.ts';

/** One part's health: whether it does its work, and what an operator should know. */
export type PartHealth = { readonly part: string; readonly ok: boolean; readonly detail?: Json };

export type Phase = 'starting' | 'ready' | 'draining';

/** Whether this process should be sent requests: all its parts are well and it is neither starting nor draining. */
export interface Readiness {
  readonly phase: Phase;
  enter(phase: Phase): void;
  /** A check that throws says that its part is not well. */
  addCheck(part: string, check: () => Promise<Omit<PartHealth, 'part'>> | Omit<PartHealth, 'part'>): void;
  read(): Promise<{ readonly ready: boolean; readonly phase: Phase; readonly parts: readonly PartHealth[] }>;
}

/** Begins in phase `starting`. */
export function readiness(): Readiness {
  const checks: { readonly part: string; readonly check: () => Promise<PartHealth> }[] = [];
  let phase: Phase = 'starting';
  return {
    get phase() {
      return phase;
    },
    enter(next) {
      phase = next;
    },
    addCheck(part, check) {
      const guarded = async (): Promise<PartHealth> => {
        try {
          return { part, ...(await check()) };
        } catch (error) {
          return { part, ok: false, detail: error instanceof Error ? error.name : 'unknown' };
        }
      };
      checks.push({ part, check: guarded });
    },
    async read() {
      const parts = await Promise.all(checks.map(({ check }) => check()));
      return { ready: phase === 'ready' && parts.every(({ ok }) => ok), phase, parts };
    },
  };
}
