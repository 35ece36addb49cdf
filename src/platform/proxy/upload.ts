import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/**
 * A request's body as a stream of its own, read as fast as whoever reads it. Until the first read the request is untouched. When it
 * is destroyed, which the client library does with every body, the request lives on and what still comes is thrown away: its
 * connection is needed for the answer.
 */
export function uploadOf(request: IncomingMessage): Readable {
  let begun = false;
  const take = (chunk: Buffer) => {
    if (!body.push(chunk)) request.pause();
  };
  const end = () => void body.push(null);
  const body = new Readable({
    read() {
      if (begun) return void request.resume();
      begun = true;
      request.on('data', take).on('end', end);
    },
    destroy(error, done) {
      if (begun) {
        request.off('data', take).off('end', end);
        request.resume();
      }
      done(error);
    },
  });
  // An end before its time is told to the exchange, which hears of it from the client's connection too.
  body.on('error', () => {});
  return body;
}
