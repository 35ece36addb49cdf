import { Type } from 'typebox';
import { TimeMs } from '../../contracts/shapes.ts';

const Failure = Type.Object({
  kind: Type.String({ description: '`fault`, `rejected` or `unreadable`.' }),
  code: Type.String(),
  detail: Type.String(),
  extra: Type.Optional(Type.Unknown()),
  attempts: Type.Integer(),
  at: TimeMs,
});

const Audit = Type.Object({ at: TimeMs, by: Type.String(), act: Type.String(), note: Type.Optional(Type.String()) });

/** A case as an operator sees it. Personal fields of the event stay sealed. */
export const ShownCase = Type.Object({
  caseId: Type.String({ description: '`<service>.<case>`' }),
  service: Type.String({ description: 'The service that could not handle the event.' }),
  kind: Type.Optional(
    Type.String({ description: 'What its service found wrong by itself; absent where an event failed.' }),
  ),
  key: Type.Optional(Type.String()),
  action: Type.Optional(Type.String({ description: 'What a retry does where no event failed.' })),
  data: Type.Optional(Type.Unknown({ description: 'What its service said, where no event failed.' })),
  traceparent: Type.Optional(Type.String()),
  subscription: Type.Optional(Type.String()),
  source: Type.Optional(Type.String({ description: 'The service that told the event.' })),
  subject: Type.String({ description: 'All later events of this subject wait.' }),
  status: Type.String({ description: '`open`, `draining` or `closed`.' }),
  openedAt: TimeMs,
  closedAt: Type.Optional(TimeMs),
  settledBy: Type.Optional(Type.String()),
  failure: Failure,
  waiting: Type.Integer({ description: 'How many events wait behind it.' }),
  event: Type.Optional(Type.Unknown({ description: 'The event as it was heard.' })),
  edited: Type.Optional(Type.Unknown({ description: 'What a person put in place of its data.' })),
  audit: Type.Array(Audit),
  behind: Type.Optional(Type.Array(Type.Unknown(), { description: 'The first events that wait.' })),
});

export const CaseList = Type.Object({
  items: Type.Array(ShownCase),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

export const DryRunAnswer = Type.Object({
  wouldSucceed: Type.Boolean(),
  failure: Type.Optional(Failure),
  intents: Type.Array(
    Type.Object({
      stream: Type.String(),
      events: Type.Array(Type.String()),
      rejection: Type.Optional(Type.Unknown()),
    }),
  ),
  documents: Type.Array(Type.Object({ collection: Type.String(), key: Type.String() })),
});
