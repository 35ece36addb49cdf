import type { Race } from './port.ts';

/** A race that nobody has won yet. */
export function openRace(): Race {
  const losers = new Set<() => void>();
  let won = false;
  return {
    enter(lose) {
      if (won) lose();
      else losers.add(lose);
    },
    win(winner) {
      if (won) return false;
      won = true;
      losers.delete(winner);
      for (const lose of losers) lose();
      return true;
    },
  };
}
