import { Type } from 'typebox';
import { TimeMs } from '../../contracts/shapes.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import type { Pulse } from './pulse.ts';
import { type Layout, topologyOf } from './topology.ts';

const Node = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Union([
    Type.Literal('clients'),
    Type.Literal('edge'),
    Type.Literal('service'),
    Type.Literal('database'),
    Type.Literal('bus'),
    Type.Literal('partner'),
  ]),
  ok: Type.Boolean(),
  note: Type.Optional(Type.String()),
});

const Edge = Type.Object({
  from: Type.String(),
  to: Type.String(),
  kind: Type.Union([
    Type.Literal('requests'),
    Type.Literal('calls'),
    Type.Literal('commits'),
    Type.Literal('publishes'),
    Type.Literal('hears'),
  ]),
  perSecond: Type.Number({ description: 'Over the last ten seconds.' }),
  errorShare: Type.Number({ description: 'Of those: faults (5xx), or calls that came to no answer.' }),
  total: Type.Integer({ description: 'Since the start.' }),
  breaker: Type.Optional(Type.String({ description: '`closed`, `half_open` or `open`.' })),
  behind: Type.Optional(Type.Integer({ description: 'Events not heard yet.' })),
});

export interface TopologyParts {
  readonly layout: () => Promise<Layout>;
  readonly pulse: Pick<Pulse, 'span'>;
  readonly now: () => number;
}

/** What runs here, and what goes from part to part just now. */
export function topologyRoutes({ layout, pulse, now }: TopologyParts): HttpRoutes {
  return (http) => {
    http.get(
      '/console/api/topology',
      {
        schema: {
          summary: 'The running composition with its live traffic',
          response: {
            200: Type.Object({
              at: TimeMs,
              name: Type.String(),
              nodes: Type.Array(Node),
              edges: Type.Array(Edge),
            }),
          },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        const found = await layout();
        const { nodes, edges } = topologyOf(found, pulse.span());
        return { at: now(), name: found.name, nodes: [...nodes], edges: [...edges] };
      },
    );
  };
}
