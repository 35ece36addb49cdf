import type { Random } from './port.ts';

/** Chance that one seed repeats: mulberry32 (Tommy Ettinger). Never for ids that must not be guessed. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(fraction() * 256)),
    fraction,
  };
}
