import type { CallContext, CallContract, Client, Contract, Handlers } from '../../kernel/contract.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Policy } from '../resilience/port.ts';

/** How services reach each other: by contract, never by import. */
export interface Calls {
  /**
   * Makes a service reachable; `policyOf` guards each of its calls, a query perhaps otherwise than a command. The returned
   * function ends it.
   */
  serve<C extends Contract>(contract: C, handlers: Handlers<C>, policyOf?: (call: CallContract) => Policy): () => void;
  /** The service behind a contract. A call while it is not served is `unknown: unreachable`. */
  client<C extends Contract>(contract: C): Client<C>;
  /** A call by name, as sagas make it; a service or call that is not served is `unknown: unreachable`. */
  ask(service: string, call: string, request: unknown, context: CallContext): Promise<Outcome<unknown>>;
}
