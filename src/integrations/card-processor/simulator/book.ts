/**
 * What the simulated processor remembers: a state machine per authorisation and the movements on it. Pure in memory; the
 * journal beside it makes it durable. Everything is idempotent by reference.
 */

/** One line of the processor's own journal and of its daily report. */
export interface Line {
  readonly kind: 'authorisation' | 'decline' | 'capture' | 'void' | 'refund' | 'tombstone';
  readonly reference: string;
  readonly authorisation: string;
  readonly amount: number;
  readonly currency: string;
  readonly at: number;
}

interface Authorisation {
  readonly amount: number;
  readonly currency: string;
  readonly declined: boolean;
  captured: number;
  voided: number;
  refunded: number;
}

/** An answer over HTTP: a status, a body, and the line to write down first when something happened. */
export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly line?: Line;
}

export interface AuthorisationRequest {
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly approved: boolean;
}

export interface MovementRequest {
  readonly kind: 'capture' | 'void' | 'refund';
  readonly reference: string;
  readonly authorisation: string;
  /** A void without an amount is for the whole authorisation, and for ever. */
  readonly amount?: number;
}

export interface Book {
  authorise(request: AuthorisationRequest, at: number): Answer;
  move(request: MovementRequest, at: number): Answer;
  read(reference: string): Answer;
  /** Takes up a line of an earlier life. */
  replay(line: Line): void;
  lines(from: number, below: number): readonly Line[];
  isClosed(reference: string): boolean;
  size(): number;
}

/** An empty book. */
export function book(): Book {
  const authorisations = new Map<string, Authorisation>();
  const movements = new Map<string, Line>();
  /** References that were voided as a whole, whether or not they had been seen. */
  const closed = new Set<string>();
  const journal: Line[] = [];

  function apply(line: Line): void {
    journal.push(line);
    const { kind, reference, amount, currency } = line;
    if (kind === 'authorisation' || kind === 'decline') {
      const fresh = { amount, currency, declined: kind === 'decline', captured: 0, voided: 0, refunded: 0 };
      authorisations.set(reference, fresh);
      return;
    }
    movements.set(reference, line);
    if (kind === 'tombstone') closed.add(line.authorisation);
    const authorisation = authorisations.get(line.authorisation);
    if (authorisation === undefined) return;
    if (kind === 'capture') authorisation.captured += amount;
    if (kind === 'void' || kind === 'tombstone') authorisation.voided += amount;
    if (kind === 'refund') authorisation.refunded += amount;
  }

  function happened(line: Line, status: number): Answer {
    apply(line);
    return { status, body: told(line), line };
  }

  function stateOf(reference: string, authorisation: Authorisation): object {
    const { amount, currency, declined, captured, voided, refunded } = authorisation;
    const status = declined ? 'declined' : voided === amount ? 'voided' : 'authorised';
    return { reference, status, amount, currency, captured, voided, refunded };
  }

  return {
    authorise({ reference, amount, currency, approved }, at) {
      const known = authorisations.get(reference);
      if (closed.has(reference)) return refusal(409, 'already_voided');
      if (known !== undefined) {
        if (known.amount !== amount || known.currency !== currency) return refusal(409, 'reference_reused');
        return known.declined ? refusal(402, 'declined') : { status: 201, body: stateOf(reference, known) };
      }
      const line = { reference, authorisation: reference, amount, currency, at };
      const { body, ...rest } = happened({ kind: approved ? 'authorisation' : 'decline', ...line }, 201);
      return approved ? { body, ...rest } : { ...rest, ...refusal(402, 'declined') };
    },

    move({ kind, reference, authorisation: about, amount }, at) {
      const before = movements.get(reference);
      if (before !== undefined) return { status: 200, body: told(before) };
      const authorisation = authorisations.get(about);
      // ISO 4217: XXX is no currency; what is voided before it was seen has none.
      const line = { reference, authorisation: about, currency: authorisation?.currency ?? 'XXX', at };
      if (kind === 'void' && amount === undefined) {
        const left = authorisation === undefined || authorisation.declined ? 0 : leftOf(authorisation);
        return happened({ kind: 'tombstone', ...line, amount: left }, 200);
      }
      if (authorisation === undefined || authorisation.declined || amount === undefined)
        return refusal(404, 'no_such_authorisation');
      const most = kind === 'refund' ? authorisation.captured - authorisation.refunded : leftOf(authorisation);
      return amount > most ? refusal(422, 'amount_too_large') : happened({ kind, ...line, amount }, 200);
    },

    read(reference) {
      const authorisation = authorisations.get(reference);
      return authorisation === undefined
        ? refusal(404, closed.has(reference) ? 'already_voided' : 'no_such_authorisation')
        : { status: 200, body: stateOf(reference, authorisation) };
    },

    replay: apply,
    lines: (from, below) => journal.filter(({ at }) => at >= from && at < below),
    isClosed: (reference) => closed.has(reference),
    size: () => authorisations.size,
  };
}

/** An answer that refuses, with a code for programs. */
export function refusal(status: number, error: string): Answer {
  return { status, body: { error } };
}

function leftOf({ amount, captured, voided }: Authorisation): number {
  return amount - captured - voided;
}

function told({ kind, reference, authorisation, amount, currency }: Line): object {
  if (kind === 'authorisation') return { reference, status: 'authorised', amount, currency };
  return { reference, authorisation, status: 'succeeded', amount, currency };
}
