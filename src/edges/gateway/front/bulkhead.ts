/**
 * How much is under way to each service: what hangs at one of them, or waits for somebody who has it, does not take the places of
 * what goes to the others (bulkhead; Nygard, "Release It!", 2007).
 */
export interface Bulkhead {
  /** Whether `most` are under way to this service already. */
  isFull(service: string, most: number | undefined): boolean;
  /** False when `most` are under way to this service already; else `leave` is called once. */
  enter(service: string, most: number | undefined): boolean;
  leave(service: string): void;
}

/** A bulkhead with nothing under way. */
export function bulkhead(): Bulkhead {
  const underWay = new Map<string, number>();
  const isFull = (service: string, most: number | undefined) =>
    most !== undefined && (underWay.get(service) ?? 0) >= most;
  return {
    isFull,
    enter(service, most) {
      if (isFull(service, most)) return false;
      underWay.set(service, (underWay.get(service) ?? 0) + 1);
      return true;
    },
    leave(service) {
      underWay.set(service, (underWay.get(service) ?? 1) - 1);
    },
  };
}
