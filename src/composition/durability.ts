import { SetupFault } from './fault.ts';

/** Without these PostgreSQL forgets, or tears apart, what it has acknowledged. */
const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/** One row: what holds in the session that asks, whoever has set it (the server, the database, the role, the connection). */
export const DURABILITY = `select ${DURABLE.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`;

export type Durability = Readonly<Record<(typeof DURABLE)[number], string>>;

/** Throws a SetupFault with the way out when a session would lose what it acknowledges. `whose` names it in the sentence. */
export function requireDurable(found: Durability, whose: string): void {
  const loose = DURABLE.find((setting) => found[setting] === 'off');
  if (loose === undefined) return;
  const wayOut =
    loose === 'synchronous_commit'
      ? 'set it to on in postgresql.conf, and reset it where a role, a database or the connection says otherwise (ALTER ROLE … RESET, ALTER DATABASE … RESET)'
      : 'set it to on in postgresql.conf and restart the server';
  throw new SetupFault(
    `The database of ${whose} runs with ${loose} = off and would lose acknowledged orders in a crash: ${wayOut}.`,
  );
}
