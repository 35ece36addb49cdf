import type { Run } from '../../edges/console/saga-routes.ts';
import { sagaCall } from '../../kernel/saga.ts';
import type { RunInFlight } from '../../platform/sagas/port.ts';
import type { Part } from '../part.ts';
import type { Desk } from './desk.ts';

/** The sagas of all services, with their steps. */
export async function sagasOf(desks: readonly Desk[]) {
  const found = await Promise.all(
    desks.map(async ({ service, sagas }) =>
      (await sagas()).map(({ saga, steps }) => ({ service, saga, steps: [...steps] })),
    ),
  );
  return found.flat();
}

/** The runs of all services, at most `limit` each, as the console shows them. */
export async function runsInFlight(desks: readonly Desk[], limit: number, waitingMs?: number): Promise<Run[]> {
  return (await Promise.all(desks.map(({ runs }) => runs(limit, waitingMs)))).flat();
}

/** A run as the console shows it. */
export function shownRun({ name, running }: Pick<Part, 'name' | 'running'>, run: RunInFlight): Run {
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
