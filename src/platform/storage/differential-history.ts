import fc from 'fast-check';

/** How the connection is lost while a commit is under way: before it is sent, somewhere in between, or with the answer. */
export type Cut = 'before' | 'after' | { readonly during: number };

export interface CommitParts {
  readonly owner: string;
  readonly staleFence: boolean;
  /** `version` 0: the next one of the stream. */
  readonly events: readonly { readonly stream: number; readonly version: number; readonly text: string }[];
  /** `expected` -1: the version it has now. */
  readonly documents: readonly {
    readonly key: string;
    readonly generation: number;
    readonly body: number | null;
    readonly expected: number | undefined;
  }[];
  readonly idempotency: readonly number[];
  readonly advance: { readonly behind: boolean; readonly fence: number } | undefined;
}

export type Step =
  | { readonly kind: 'commit'; readonly parts: CommitParts; readonly cut: Cut | undefined }
  | { readonly kind: 'acquire'; readonly owner: string; readonly most: number }
  | { readonly kind: 'release'; readonly owner: string }
  | { readonly kind: 'drop'; readonly generation: number }
  | { readonly kind: 'expire'; readonly before: number };

const owner = fc.constantFrom('a', 'b');
const rarely = fc.nat(9).map((n) => n === 0);
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });

const parts: fc.Arbitrary<CommitParts> = fc.record({
  owner,
  staleFence: rarely,
  events: fc.array(
    fc.record({
      stream: fc.nat(5),
      version: fc.oneof(
        { weight: 20, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
      ),
      text: fc.string({ unit: 'binary', maxLength: 4 }),
    }),
    { maxLength: 4 },
  ),
  documents: fc.array(
    fc.record({
      key: fc.constantFrom('k1', 'k2', 'k3', 'k4', '\uff5e', '\u{1f6d2}'),
      generation: fc.nat(1),
      body: fc.option(fc.nat(3), { nil: null, freq: 4 }),
      expected: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(undefined, -1) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 }) },
      ),
    }),
    { maxLength: 4 },
  ),
  idempotency: fc.array(fc.nat(60), { maxLength: 2 }),
  advance: maybe(fc.record({ behind: rarely, fence: rarely.map((stale) => (stale ? 0 : 1)) })),
});

const cut: fc.Arbitrary<Cut> = fc.oneof(
  fc.constantFrom<Cut>('before', 'after'),
  fc.record({ during: fc.integer({ min: 0, max: 12 }) }),
);

const mostlyNone = fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: cut });

/** Seeded histories of what services do to a storage, lost connections included. */
export const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 14,
      arbitrary: fc.record({
        kind: fc.constant('commit' as const),
        parts,
        cut: mostlyNone,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('acquire' as const), owner, most: fc.integer({ min: 1, max: 4 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), owner }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), generation: fc.nat(1) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const), before: fc.nat(30) }) },
  ),
  { minLength: 20, maxLength: 60 },
);
