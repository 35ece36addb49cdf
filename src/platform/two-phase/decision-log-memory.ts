import type { Decision, DecisionLog } from './port.ts';

/** A decision log that lives as long as its process; several coordinators may share it, one after another. For tests. */
export function memoryDecisionLog(coordinator: string): DecisionLog {
  const decisions = new Map<string, Decision>();
  let newest = 0;
  return {
    coordinator,
    async takeOver() {
      newest += 1;
      return newest;
    },
    async record(epoch, decision) {
      if (epoch !== newest) return 'fenced';
      decisions.set(decision.transaction, decision);
      return 'recorded';
    },
    open: async () => ({ epoch: newest, decisions: [...decisions.values()] }),
    async forget(transactions) {
      for (const transaction of transactions) decisions.delete(transaction);
    },
  };
}
