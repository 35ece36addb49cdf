/** The card processor of this shop is a simulator; these are its cards, told by what becomes of a payment with them. */
export const TEST_CARDS = ['tok_visa', 'tok_declined', 'tok_slow', 'tok_lost'] as const;
