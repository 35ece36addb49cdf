import type { ServerResponse } from 'node:http';

/** The responses that a server is at. */
export interface ResponsesUnderWay {
  /** Keeps a response until it is closed. */
  add(response: ServerResponse): void;
  readonly size: number;
  all(): ServerResponse[];
}

/**
 * Kept in places that are used again, not in a `Set`: whose table is renewed after so many changes, and each old one leads to the next. Once
 * the garbage collector has moved one of them to where it seldom looks, it keeps all that follow, and every response that was in
 * them, for as long: a third of what a gateway's requests allocated.
 */
export function responsesUnderWay(): ResponsesUnderWay {
  const places: (ServerResponse | undefined)[] = [];
  const free: number[] = [];
  return {
    add(response) {
      const place = free.pop() ?? places.length;
      places[place] = response;
      response.on('close', () => {
        places[place] = undefined;
        free.push(place);
      });
    },
    get size() {
      return places.length - free.length;
    },
    all: () => places.filter((each) => each !== undefined),
  };
}
