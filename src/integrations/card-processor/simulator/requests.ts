import type { MovementRequest } from './book.ts';

export interface AuthorisationWish {
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  /** The token of a card. */
  readonly source: string;
}

/** An authorisation as it came in; undefined when it cannot be read. */
export function authorisationOf(text: string): AuthorisationWish | undefined {
  const { reference, amount, currency, source } = JSON.parse(text) as Partial<Record<string, unknown>>;
  if (!isName(reference) || !isAmount(amount) || !isName(source)) return undefined;
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return undefined;
  return { reference, amount, currency, source };
}

/** A capture, void or refund as it came in; undefined when it cannot be read. */
export function movementOf(kind: MovementRequest['kind'], text: string): MovementRequest | undefined {
  const { reference, authorisation, amount } = JSON.parse(text) as Partial<Record<string, unknown>>;
  if (!isName(reference) || !isName(authorisation)) return undefined;
  if (amount === undefined) return kind === 'void' ? { kind, reference, authorisation } : undefined;
  return isAmount(amount) ? { kind, reference, authorisation, amount } : undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 200;
}

function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
