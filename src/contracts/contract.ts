import type { Static, TSchema } from 'typebox';
import type { CallContract, EventContract } from '../kernel/contract.ts';
import type { JsonObject } from '../kernel/json.ts';

/** A call that changes something. Repeating it with the same content is success. */
export function command<Request extends TSchema, Answer extends TSchema>(
  request: Request,
  answer: Answer,
  ...rejections: string[]
): CallContract<Static<Request>, Static<Answer>> {
  return { kind: 'command', request, answer, rejections };
}

/** A call that changes nothing. */
export function query<Request extends TSchema, Answer extends TSchema>(
  request: Request,
  answer: Answer,
  ...rejections: string[]
): CallContract<Static<Request>, Static<Answer>> {
  return { kind: 'query', request, answer, rejections };
}

/** An event type that leaves its service, in its newest version; `writes` is the one that this release still writes, where it is older. */
export function event<Data extends TSchema>(
  version: number,
  data: Data,
  upcasters?: Readonly<Record<number, (data: JsonObject) => JsonObject>>,
  writes?: number,
): EventContract<Static<Data>> {
  return { version, data, ...(upcasters && { upcasters }), ...(writes !== undefined && { writes }) };
}
