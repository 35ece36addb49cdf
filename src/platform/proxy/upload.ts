import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/**
 * A request's body as a stream of its own, read as fast as whoever reads it. Until the first read the request is untouched. When it
 * is destroyed, which the client library does with every body, the request lives on and what still comes is thrown away: its
 * connection is needed for the answer. More than `maxBytes` destroy it with an `UploadTooLarge`.
 */
export function uploadOf(request: IncomingMessage, maxBytes = Number.POSITIVE_INFINITY): Readable {
  let begun = false;
  let bytes = 0;
  const take = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) body.destroy(new UploadTooLarge());
    else if (!body.push(chunk)) request.pause();
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

export class UploadTooLarge extends Error {}
