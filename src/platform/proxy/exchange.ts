import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { failureOf } from './failure.ts';
import type { HopResult } from './port.ts';
import { responseHead } from './response-head.ts';

/** One request on its way: what the client library calls, and the way to tell it that the client has gone. */
export interface Exchange extends Dispatcher.DispatchHandler {
  /** Ends the wait for a connection; what has been sent goes on. */
  giveUp(): void;
  readonly sent: boolean;
}

/**
 * Carries an answer from the upstream to the client as it comes. Whichever ends first ends the other. `settle` is called once;
 * nothing is written to the client unless the upstream has begun to answer.
 */
export function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  upload: Readable | undefined,
  settle: (result: HopResult) => void,
): Exchange {
  let controller: Dispatcher.DispatchController | undefined;
  let settled = false;
  let status = 0;
  let missing = -1;

  const finish = (result: HopResult) => {
    if (settled) return;
    settled = true;
    response.off('close', leave);
    settle(result);
  };
  const leave = () => {
    const sent = controller !== undefined;
    const result: HopResult = response.writableFinished
      ? { kind: 'answered', status, complete: true }
      : { kind: 'left', sent };
    finish(result);
    upload?.destroy();
    controller?.abort(GONE);
  };
  const resume = () => controller?.resume();
  const showHead = () => {
    if (!response.writableEnded && !response.destroyed) response.flushHeaders();
  };
  response.on('close', leave);

  return {
    get sent() {
      return controller !== undefined;
    },

    giveUp() {
      if (controller !== undefined || settled) return;
      // First, so that this exchange never touches a request that goes elsewhere now.
      upload?.destroy();
      finish({ kind: 'not-sent', reason: 'busy', error: BUSY });
    },

    onRequestStart(each) {
      if (settled) each.abort(GONE);
      else controller = each;
    },

    onResponseStart(each, code, _headers, message) {
      const head = responseHead((each.rawHeaders ?? []) as Buffer[]);
      if (code < 200) return tellInformation(request, response, code, head.headers);
      response.writeHead(code, message, head.headers);
      status = code;
      missing = head.contentLength ?? -1;
      // A 304 may tell the length of what it does not hold; the client library would wait for that.
      if (code === 304 || missing === 0) response.end();
      // An answer that is here already goes out with its head, in one piece.
      else process.nextTick(showHead);
    },

    onResponseData(each, chunk) {
      missing -= chunk.length;
      if (missing === 0) response.end(chunk);
      else if (!response.write(chunk)) {
        each.pause();
        response.once('drain', resume);
      }
    },

    onResponseEnd(_controller, trailers) {
      if (!response.writableEnded) {
        addTrailers(response, trailers);
        response.end();
      }
      finish({ kind: 'answered', status, complete: true });
    },

    onResponseError(_controller, error) {
      upload?.destroy();
      if (status === 0) return finish(failureOf(error, controller !== undefined));
      finish({ kind: 'answered', status, complete: response.writableEnded });
      if (!response.writableEnded) response.destroy();
    },
  };
}

const GONE = new Error('nobody waits for this request any more');
const BUSY = new Error('no connection became free in time');

/** 1xx answers are passed on (RFC 9110 §15.2), but never to HTTP/1.0, which does not know them. */
function tellInformation(request: IncomingMessage, response: ServerResponse, code: number, headers: string[]): void {
  if (request.httpVersion !== '1.0') response.writeInformation(code, headers);
}

function addTrailers(response: ServerResponse, trailers: NodeJS.Dict<string | string[]> | null): void {
  const all = Object.entries(trailers ?? {}).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  );
  if (all.length > 0) response.addTrailers(all);
}
