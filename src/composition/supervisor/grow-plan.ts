/** How a process grows with its load. Times in ms. */
export interface GrowPlan {
  readonly min: number;
  readonly max: number;
  /** Requests under way for each replica, on average, that it is to keep to. */
  readonly underWay: number;
  /** More than that for so long starts another replica. */
  readonly growAfterMs: number;
  /** So little for so long that one fewer would do retires one. */
  readonly shrinkAfterMs: number;
  /** After a change nothing is changed for so long. */
  readonly restMs: number;
}

export interface Growth {
  readonly replicas: number;
  readonly changedAt: number;
  /** Since when it has been too much, or little enough for one fewer. */
  readonly overSince?: number;
  readonly quietSince?: number;
}

/** With one replica fewer the load may come to this share of what each is to keep to: what is above is the room between the two. */
const ROOM = 0.7;

/**
 * The number of replicas after a look at the load, all replicas' requests under way together; one step at a time. A load that
 * stays the same never makes it grow and shrink: it grows only above the target, and shrinks only where one fewer is well below it.
 */
export function nextGrowth(
  { min, max, underWay, growAfterMs, shrinkAfterMs, restMs }: GrowPlan,
  { replicas, changedAt, ...since }: Growth,
  load: number,
  now: number,
): Growth {
  const isOver = load > underWay * replicas;
  const isQuiet = load < underWay * (replicas - 1) * ROOM;
  const overSince = isOver ? (since.overSince ?? now) : undefined;
  const quietSince = isQuiet ? (since.quietSince ?? now) : undefined;
  const rested = now - changedAt >= restMs;
  if (rested && replicas < max && overSince !== undefined && now - overSince >= growAfterMs)
    return { replicas: replicas + 1, changedAt: now };
  if (rested && replicas > min && quietSince !== undefined && now - quietSince >= shrinkAfterMs)
    return { replicas: replicas - 1, changedAt: now };
  return {
    ...{ replicas, changedAt },
    ...(overSince !== undefined && { overSince }),
    ...(quietSince !== undefined && { quietSince }),
  };
}
