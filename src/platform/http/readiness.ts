import type { Json } from '../../kernel/json.ts';

/** One part's health: whether it does its work, and what an operator should know. */
export type PartHealth = {
  readonly part: string;
  readonly ok: boolean;
  /** Shown to operators only. */
  readonly detail?: Json;
  /** One plain sentence that anybody may read. */
  readonly why?: string;
};

type Check = () => Promise<Omit<PartHealth, 'part'>> | Omit<PartHealth, 'part'>;

export type Phase = 'starting' | 'ready' | 'draining';

/** Whether this process should be sent requests: all its parts are well and it is neither starting nor draining. */
export interface Readiness {
  readonly phase: Phase;
  enter(phase: Phase): void;
  /**
   * A check that throws says that its part is not well. What is not needed to be ready may wait: it is only shown. The returned
   * function takes the check out again.
   */
  addCheck(part: string, check: Check, need?: 'needed' | 'may wait'): () => void;
  read(): Promise<{ readonly ready: boolean; readonly phase: Phase; readonly parts: readonly PartHealth[] }>;
}

/** Begins in phase `starting`. */
export function readiness(): Readiness {
  const checks = new Set<{ readonly needed: boolean; readonly check: () => Promise<PartHealth> }>();
  let phase: Phase = 'starting';
  return {
    get phase() {
      return phase;
    },
    enter(next) {
      phase = next;
    },
    addCheck(part, check, need = 'needed') {
      const guarded = async (): Promise<PartHealth> => {
        try {
          return { part, ...(await check()) };
        } catch (error) {
          return { part, ok: false, detail: error instanceof Error ? error.name : 'unknown' };
        }
      };
      const added = { needed: need === 'needed', check: guarded };
      checks.add(added);
      return () => void checks.delete(added);
    },
    async read() {
      const asked = [...checks];
      const parts = await Promise.all(asked.map(({ check }) => check()));
      const isWell = asked.every(({ needed }, index) => !needed || parts[index]?.ok === true);
      return { ready: phase === 'ready' && isWell, phase, parts };
    },
  };
}
