import type { Run } from '../edges/console/saga-routes.ts';
import { sagaCall } from '../kernel/saga.ts';
import type { RunInFlight } from '../platform/sagas/port.ts';
import type { Part } from './part.ts';

type WithSagas = Pick<Part, 'name' | 'running' | 'sagas'>;

/** The sagas that the parts have, with their steps. */
export function sagasOf(parts: readonly WithSagas[]) {
  return parts.flatMap(({ name, running }) =>
    (running.sagas ?? []).map(({ definition }) => ({
      service: name,
      saga: definition.name,
      steps: definition.steps.map((step) => step.name),
    })),
  );
}

/** The runs of all parts, at most `limit` each, as the console shows them. */
export async function runsInFlight(parts: readonly WithSagas[], limit: number, waitingMs?: number): Promise<Run[]> {
  const found = await Promise.all(
    parts.map(async (part) => (await part.sagas.inFlight(limit, waitingMs)).map((run) => shown(part, run))),
  );
  return found.flat();
}

function shown({ name, running }: WithSagas, run: RunInFlight): Run {
  const { saga, id, input, state, startedAt, step, driven, lastFailure, nextTryAt } = run;
  const definition = running.sagas?.find((wiring) => wiring.definition.name === saga)?.definition;
  const call = definition === undefined ? undefined : sagaCall<never>(definition, state, input as never, {});
  const orderId = typeof input.orderId === 'string' ? input.orderId : undefined;
  return {
    ...{ service: name, saga, id, step, startedAt, driven },
    phase: state.phase === 'compensating' ? 'compensating' : 'forward',
    ...{ attempts: state.attempts, waitingSince: state.since },
    steps: definition?.steps.map((each) => each.name) ?? [step],
    ...(orderId !== undefined && { orderId }),
    ...(call && { waitsFor: `${call.service}.${call.call}` }),
    ...(lastFailure && { lastFailure }),
    ...(nextTryAt !== undefined && { nextTryAt }),
    ...(state.rejection && { rejection: { code: state.rejection.code, detail: state.rejection.detail } }),
  };
}
