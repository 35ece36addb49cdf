import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * A JSON answer made once and sent often, with the entity tag of its bytes. The bytes of its UTF-8 are kept as a text of one
 * character each: Node writes the head and such a text at once, without encoding it again for each client, where a text in UTF-8
 * is encoded each time and a buffer is a second piece to write.
 */
export interface ReadyAnswer {
  readonly wire: string;
  readonly etag: string;
}

/** An answer of this JSON, put into bytes once. */
export function readyAnswer(json: string): ReadyAnswer {
  return readyWire(Buffer.from(json).toString('latin1'));
}

/** An answer put together from what other answers have on the wire; what is put between must be ASCII. */
export function readyWire(wire: string): ReadyAnswer {
  return { wire, etag: `"${hash('sha256', Buffer.from(wire, 'latin1'), 'base64url').slice(0, 22)}"` };
}

/** Sends the answer, or 304 to a client that has it. Clients ask again before they show what they keep. */
export function sendReady(request: FastifyRequest, reply: FastifyReply, { wire, etag }: ReadyAnswer): void {
  if (isKnown(etag, request.headers['if-none-match'])) {
    reply.header('etag', etag).header('cache-control', 'no-cache').code(304).send();
    return;
  }
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    etag,
    'cache-control': 'no-cache',
    'content-type': 'application/json; charset=utf-8',
    'content-length': wire.length,
  });
  reply.raw.end(wire, 'latin1');
}

/** Whether the caller's `If-None-Match` names the answer it would get. */
export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === etag);
}
