import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServer } from './port.ts';
import { Problem } from './problem.ts';
import { pathOf } from './problem-answers.ts';

/**
 * Tells an address that is not there from one that does not take the method. Routes are matched once more, by hand: this is
 * the slow path, and the router does not say which other methods it knows.
 */
export function notFoundProblems(http: HttpServer): (request: FastifyRequest, reply: FastifyReply) => Problem {
  const methodsOf = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();

  http.addHook('onRoute', ({ url, method }) => {
    const known = methodsOf.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const each of [method].flat()) known.methods.add(each);
    methodsOf.set(url, known);
  });

  return (request, reply) => {
    const path = pathOf(request.url);
    const allowed = [...methodsOf.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap(({ methods }) => [...methods]);
    // A route that takes the method and calls this has looked for a file of that name.
    if (allowed.length === 0 || allowed.includes(request.method)) {
      return new Problem('not_found', 'There is nothing at this address. /docs lists what there is.');
    }
    const methods = [...new Set(allowed)].sort().join(', ');
    reply.header('allow', methods);
    return new Problem('method_not_allowed', `This address takes ${methods}.`);
  };
}

function patternOf(url: string): RegExp {
  const pattern = url
    .split('/')
    .map((part) =>
      part
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replace(/:[A-Za-z0-9_]+/g, '[^/]+')
        .replace('*', '.*'),
    )
    .join('/');
  return new RegExp(`^${pattern}$`);
}
