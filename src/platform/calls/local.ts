import type { CallContext, Client, Contract, Handlers } from '../../kernel/contract.ts';
import { type Outcome, unknown } from '../../kernel/outcome.ts';
import type { Ask } from '../resilience/port.ts';
import { isSampled, type Logger, type SpanAttributes, type Tracing } from '../telemetry/port.ts';
import type { Calls } from './port.ts';

type AnyAsk = Ask<unknown, unknown>;

/** Calls within one process. */
export interface LocalCalls extends Calls {
  /** Whether the service is at work in this process. */
  serves(service: string): boolean;
  /** Makes some queries of a service reachable where it is not at work; the returned function ends it. */
  serveReads<C extends Contract>(contract: C, handlers: Partial<Handlers<C>>): () => void;
  /** Whether a call is answered in this process. */
  answers(service: string, call: string): boolean;
}

/**
 * Calls between services of one process: plain function calls with the outcomes of a remote call, so that moving a service
 * elsewhere changes latency, never meaning. What a handler throws is logged and answered `unknown: fault`. A call within a
 * sampled trace is a span of it, and the handler is given that span to pass on.
 */
export function localCalls(logger: Logger, tracing?: Tracing): LocalCalls {
  const served = new Map<string, AnyAsk>();
  const reads = new Map<string, AnyAsk>();
  const services = new Set<string>();

  const ask = (service: string, call: string, request: unknown, context: CallContext): Promise<Outcome<unknown>> => {
    const name = `${service}.${call}`;
    const answering = reads.get(name) ?? served.get(name);
    if (answering === undefined) return Promise.resolve(unknown('unreachable'));
    if (tracing === undefined || !isSampled(context.traceparent)) return answering(request, context);
    const passingOn = (traceparent: string | undefined) =>
      answering(request, traceparent === undefined ? context : { ...context, traceparent });
    const attributes = { 'rpc.service': service, 'rpc.method': call };
    return tracing.inSpan(`${service}.${call}`, attributes, context.traceparent, passingOn, outcomeAttributes);
  };

  return {
    ask,
    serves: (service) => services.has(service),
    answers: (service, call) => services.has(service) || reads.has(`${service}.${call}`),
    serveReads({ service }, handlers) {
      const named = Object.entries(handlers).map(
        ([call, handler]) => [`${service}.${call}`, handler as AnyAsk] as const,
      );
      for (const [name, handler] of named) reads.set(name, neverThrowing(handler, name, logger));
      return () => {
        for (const [name] of named) reads.delete(name);
      };
    },
    serve(contract, handlers, policyOf) {
      services.add(contract.service);
      for (const [call, handler] of Object.entries(handlers)) {
        const name = `${contract.service}.${call}`;
        const promised = contract.calls[call];
        const answering = neverThrowing(handler as AnyAsk, name, logger);
        served.set(name, policyOf && promised ? policyOf(promised)(answering) : answering);
      }
      return () => {
        services.delete(contract.service);
        for (const call of Object.keys(handlers)) served.delete(`${contract.service}.${call}`);
      };
    },
    client: (contract) => clientOver(ask, contract),
  };
}

/** The service behind a contract, each of its calls made by `ask`. */
export function clientOver<C extends Contract>(ask: Calls['ask'], contract: C): Client<C> {
  const asks = Object.keys(contract.calls).map((call) => [
    call,
    (request: unknown, context: CallContext = {}) => ask(contract.service, call, request, context),
  ]);
  return Object.fromEntries(asks) as Client<C>;
}

/** How the call came out; never what was answered. */
function outcomeAttributes(outcome: Outcome<unknown>): SpanAttributes {
  const { kind } = outcome;
  if (kind === 'done') return { 'jangteo.outcome': kind };
  const why = kind === 'rejected' ? outcome.rejection.code : outcome.reason;
  return { 'jangteo.outcome': kind, 'jangteo.reason': why };
}

function neverThrowing(handler: AnyAsk, name: string, logger: Logger): AnyAsk {
  return async (request, context) => {
    try {
      return await handler(request, context);
    } catch (error) {
      logger.error({ call: name, err: error }, 'a call failed');
      return unknown('fault');
    }
  };
}
