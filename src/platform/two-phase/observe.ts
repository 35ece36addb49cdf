import type { Clock } from '../clock/port.ts';
import type { Metrics, Reading } from '../telemetry/port.ts';
import type { Coordinator } from './port.ts';

/** Lets metrics look at what a coordinator has in doubt: how many branches and since when, by resource. */
export function watchTwoPhase(metrics: Pick<Metrics, 'watch'>, coordinator: Coordinator, clock: Clock): void {
  const labelsOf = (resource: string) => ({ coordinator: coordinator.name, resource });
  metrics.watch('jangteo_two_phase_in_doubt', () =>
    coordinator.inDoubt().map(({ resource }) => ({ labels: labelsOf(resource), value: 1 })),
  );
  metrics.watch('jangteo_two_phase_in_doubt_seconds', () => {
    const oldest = new Map<string, number>();
    for (const { resource, since } of coordinator.inDoubt())
      oldest.set(resource, Math.min(since, oldest.get(resource) ?? since));
    return [...oldest].map(
      ([resource, since]): Reading<ReturnType<typeof labelsOf>> => ({
        labels: labelsOf(resource),
        value: Math.round((clock.now() - since) / 1_000),
      }),
    );
  });
  metrics.watch('jangteo_two_phase_heuristics', () =>
    coordinator.heuristics().map(({ resource }) => ({ labels: labelsOf(resource), value: 1 })),
  );
}
