import { type Chance, chanceOf } from './chance.ts';
import type { BusFault, CallFault, Fault, StorageFault } from './fault-plan.ts';

type During = Extract<Fault, { readonly from: number }>;

/** The faults of a plan, asked for at the places where they strike. Once they have ceased nothing goes wrong any more. */
export interface Troubles {
  storage(service: string): readonly StorageFault[];
  calls(service: string): readonly CallFault[];
  bus(group: string): readonly BusFault[];
  /** By how much a service's storage is slower now, in ms. */
  slowness(service: string): number;
  lags(group: string): boolean;
  /** Whether handling this subject fails now, however often it is tried. */
  poisons(group: string, subject: string): boolean;
  client(name: 'lostRequest' | 'lostAnswer'): boolean;
  /** Whether what has this share strikes now. */
  strikes(fault: { readonly id: string }, what: string, share: number): boolean;
  /** The delay of what comes late, up to `mostMs`. */
  delay(fault: { readonly id: string }, mostMs: number): number;
  cease(): void;
}

export function troublesOf(seed: number, faults: readonly Fault[], elapsed: () => number): Troubles {
  const chances = new Map<string, Chance>();
  let ceased = false;

  const chance = (purpose: string): Chance => {
    const known = chances.get(purpose) ?? chanceOf(seed, purpose);
    chances.set(purpose, known);
    return known;
  };
  const isNow = (fault: Fault): fault is During =>
    'from' in fault && !ceased && fault.from <= elapsed() && elapsed() < fault.until;
  const strikes = ({ id }: { readonly id: string }, what: string, share: number) =>
    share > 0 && chance(`${id} ${what}`).happens(share);

  return {
    storage: (service) =>
      faults.filter((fault): fault is StorageFault => {
        return fault.kind === 'storage' && fault.service === service && isNow(fault);
      }),
    calls: (service) =>
      faults.filter((fault): fault is CallFault => {
        return fault.kind === 'call' && fault.service === service && isNow(fault);
      }),
    bus: (group) =>
      faults.filter((fault): fault is BusFault => fault.kind === 'bus' && fault.group === group && isNow(fault)),
    slowness: (service) =>
      faults.reduce((ms, fault) => {
        return fault.kind === 'slow' && fault.service === service && isNow(fault) ? ms + fault.ms : ms;
      }, 0),
    lags: (group) => faults.some((fault) => fault.kind === 'lag' && fault.group === group && isNow(fault)),
    poisons: (group, subject) =>
      faults.some((fault) => {
        if (fault.kind !== 'poison' || fault.group !== group || !isNow(fault)) return false;
        return chanceOf(seed, `${fault.id} ${subject}`).happens(fault.share);
      }),
    client: (name) =>
      faults.some((fault) => fault.kind === 'client' && isNow(fault) && strikes(fault, name, fault[name])),
    strikes,
    delay: (fault, mostMs) => chance(`${fault.id} delay`).between(0, mostMs),
    cease() {
      ceased = true;
    },
  };
}
