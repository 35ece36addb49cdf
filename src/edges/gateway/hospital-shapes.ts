import { Type } from 'typebox';
import { LIMITS, TimeMs } from '../../contracts/shapes.ts';

const closed = { additionalProperties: false } as const;
const Data = Type.Record(Type.String(), Type.Unknown());
const Name = Type.String({ minLength: 1, maxLength: 200 });

const Failure = Type.Object({
  kind: Type.String({ description: '`fault`, `rejected`, `unreadable`, or `reported` by its service.' }),
  code: Type.String(),
  detail: Type.String(),
  extra: Type.Optional(Type.Unknown()),
  attempts: Type.Integer(),
  at: TimeMs,
});

export const Audit = Type.Object({
  at: TimeMs,
  by: Type.String({ description: '`platform`, or `admin` and the name that was given in `Jangteo-Operator`.' }),
  act: Type.String(),
  note: Type.Optional(Type.String({ description: 'What came of it.' })),
  why: Type.Optional(Type.String({ description: 'The reason that was given.' })),
  data: Type.Optional(Type.Unknown({ description: 'What an edit put in place.' })),
});

const Notice = Type.Object({
  id: Type.String({ description: 'The same at each attempt: receivers tell repetitions by it.' }),
  at: TimeMs,
  step: Type.Integer({ description: '0 when the case was admitted, then one more as it ages.' }),
  channel: Type.String(),
  to: Type.String(),
  ok: Type.Boolean(),
  error: Type.Optional(Type.String()),
});

/** A case as an operator sees it. Personal fields of the event stay sealed. */
export const ShownCase = Type.Object({
  caseId: Type.String({ description: '`<service>.<case>`' }),
  service: Type.String({ description: 'The service that could not handle the event, or found something wrong.' }),
  traceId: Type.Optional(Type.String({ description: 'See `/v1/admin/traces/{traceId}`.' })),
  kind: Type.Optional(Type.String({ description: 'What its service found wrong; absent where an event failed.' })),
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
  revision: Type.Integer({ description: 'Grows with each act that changed the case: send it with the next.' }),
  behind: Type.Optional(Type.Array(Type.Unknown(), { description: 'The first events that wait.' })),
  notices: Type.Optional(Type.Array(Notice, { description: 'Who was told, latest last.' })),
  nextNoticeAt: Type.Optional(TimeMs),
});

const NextCursor = Type.Union([Type.String(), Type.Null()]);

export const CaseList = Type.Object({ items: Type.Array(ShownCase), nextCursor: NextCursor });

export const AuditList = Type.Object({
  items: Type.Array(Type.Object({ caseId: Type.String(), service: Type.String(), ...Audit.properties })),
  nextCursor: NextCursor,
});

export const DryRunAnswer = Type.Object({
  wouldSucceed: Type.Boolean(),
  verdict: Type.String({ description: '`would_succeed`, `would_fail` or `cannot_be_foreseen`.' }),
  said: Type.String({ description: 'What would be done, in plain sentences.' }),
  failure: Type.Optional(Failure),
  intents: Type.Array(
    Type.Object({
      stream: Type.String(),
      events: Type.Array(Type.String()),
      rejection: Type.Optional(Type.Unknown()),
    }),
  ),
  documents: Type.Array(Type.Object({ collection: Type.String(), key: Type.String() })),
  outward: Type.Array(Type.Object({ kind: Type.String(), what: Type.String(), done: Type.Boolean() }), {
    description: 'What it would do outside its own commit, which was not done, and what it asked.',
  }),
});

const wishes = {
  status: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('draining'), Type.Literal('closed')])),
  service: Type.Optional(Type.String({ maxLength: 100 })),
  type: Type.Optional(Type.String({ maxLength: 200, description: 'Of the event, or the kind of a reported case.' })),
  code: Type.Optional(Type.String({ maxLength: 200, description: 'Of the failure.' })),
  subject: Type.Optional(Type.String({ maxLength: 300 })),
  openedBefore: Type.Optional(TimeMs),
} as const;

const page = {
  limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 20 }),
  cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
} as const;

export const CaseQuery = Type.Object({ ...wishes, ...page }, closed);

export const AuditQuery = Type.Object(
  { ...wishes, by: Type.Optional(Name), act: Type.Optional(Name), ...page },
  closed,
);

const Note = Type.String({ minLength: 1, maxLength: 500, description: 'Why; kept in the audit.' });

const Revision = Type.Integer({
  minimum: 0,
  description:
    'The `revision` that was seen: when somebody has changed the case since, nothing is done (`case_changed`).',
});

/** Nobody has to send a body to act on one case. */
export const ActBody = Type.Union([
  Type.Object({ note: Type.Optional(Note), revision: Type.Optional(Revision) }, closed),
  Type.Null(),
]);

export const EditBody = Type.Object(
  { data: Data, note: Type.Optional(Note), revision: Type.Optional(Revision) },
  closed,
);

export const BulkBody = Type.Object(
  {
    filter: Type.Object(
      { service: wishes.service, type: wishes.type, code: wishes.code, subject: wishes.subject, openedBefore: TimeMs },
      {
        ...closed,
        description:
          'Open cases only, and only those opened before a time, so that asking again never reaches newer ones.',
      },
    ),
    note: Note,
    patch: Type.Optional(
      Type.Unsafe<Record<string, unknown>>({ ...Data, description: 'For `edit`: a JSON merge patch (RFC 7396).' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, description: 'Default 20.' })),
    cursor: page.cursor,
  },
  closed,
);

export const BulkReport = Type.Object({
  items: Type.Array(
    Type.Object({
      caseId: Type.String(),
      outcome: Type.String({
        description: '`done`; `failed`: it stays open, or would; `unforeseen`: a dry run cannot tell; `refused`.',
      }),
      status: Type.Optional(Type.String()),
      code: Type.Optional(Type.String()),
      detail: Type.Optional(Type.String()),
    }),
  ),
  nextCursor: NextCursor,
});

export const AdmissionBody = Type.Object(
  {
    service: Type.String({ maxLength: 100 }),
    kind: Type.String({ pattern: '^[a-z][a-z0-9_]{0,79}$' }),
    key: Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$', description: 'The same key again is the same case.' }),
    subject: Name,
    detail: Type.String({ minLength: 1, maxLength: 500 }),
    data: Type.Optional(Data),
    action: Type.Optional(Name),
  },
  closed,
);
