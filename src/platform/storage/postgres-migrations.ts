/** The fixed tables, one migration a version, forward only. A migration that was released is never changed. */
export const MIGRATIONS: readonly ((partitions: number) => string)[] = [
  (partitions) => `
CREATE TABLE storage_schema (version int NOT NULL, declared text NOT NULL);
COMMENT ON TABLE storage_schema IS 'The version of these tables and the hash of what the program declared. One row, kept for ever.';

CREATE TABLE log (
  position bigint NOT NULL,
  at bigint NOT NULL,
  partition int NOT NULL,
  schema_version int NOT NULL,
  version bigint NOT NULL,
  stream text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  data json NOT NULL,
  metadata json NOT NULL,
  PRIMARY KEY (partition, position),
  UNIQUE (stream, version)
);
COMMENT ON TABLE log IS 'Every event of the service in commit order. Append-only, kept for ever.';

CREATE TABLE log_head (
  partition int PRIMARY KEY,
  epoch text NOT NULL,
  position bigint NOT NULL DEFAULT 0,
  last_commit text COLLATE "C",
  last_first_position bigint,
  owner text COLLATE "C",
  fence bigint NOT NULL DEFAULT 0,
  lease_until timestamptz
) WITH (fillfactor = 10);
COMMENT ON TABLE log_head IS 'One row a partition: last position, last commit, lease and fence. Kept for ever, updated in place.';
INSERT INTO log_head (partition, epoch)
SELECT partition, epoch FROM generate_series(0, ${partitions - 1}) AS partition, (SELECT gen_random_uuid()::text AS epoch) AS made;

CREATE TABLE commits (
  id text COLLATE "C" NOT NULL,
  partition int NOT NULL,
  first_position bigint,
  happened boolean NOT NULL DEFAULT true,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, partition)
);
COMMENT ON TABLE commits IS 'Commits that no head remembers: those without fences (partition -1), and the last ones before a partition changed hands. Kept for a day.';

CREATE TABLE idempotency (
  key text COLLATE "C" PRIMARY KEY,
  body_hash text NOT NULL,
  answer json NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX idempotency_at ON idempotency USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
COMMENT ON TABLE idempotency IS 'Answers under their idempotency keys, kept for 30 days.';

CREATE TABLE subscription_positions (
  subscription text COLLATE "C" NOT NULL,
  generation int NOT NULL,
  epoch text NOT NULL,
  positions bigint[] NOT NULL,
  fence bigint NOT NULL,
  PRIMARY KEY (subscription, generation)
) WITH (fillfactor = 50);
COMMENT ON TABLE subscription_positions IS 'How far each subscription and view has come. Kept for ever, updated in place.';
`,
  () => `
CREATE INDEX commits_at ON commits USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
`,
  () => `
ALTER TABLE storage_schema ADD COLUMN usable_from int NOT NULL DEFAULT 0;
COMMENT ON TABLE storage_schema IS 'The version of these tables, the oldest version whose program may still use them, and the hash of what a program declared: one row for each release in use, kept until another has found it superseded.';
CREATE TABLE outbox_types (type text COLLATE "C" PRIMARY KEY);
COMMENT ON TABLE outbox_types IS 'The event types that any release has published: an older one beside a newer one must not close the outbox over what that one tells. Kept for ever.';
`,
];

/**
 * The oldest version of these tables whose program may go on beside this one. Raise it, a release after all programs stopped to use what
 * is to go, with the migration that takes something away; what only adds leaves it as it is, and a release can be rolled back.
 */
export const USABLE_FROM = 3;
