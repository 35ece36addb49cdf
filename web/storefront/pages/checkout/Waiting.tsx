import { Button } from '../../../design/Button.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { usePage } from '../../page-context.tsx';
import type { Checkout } from './use-checkout.ts';

/** What goes on while an attempt is under way: paying, or asking again because nobody answered. */
export function Waiting({ checkout: { attempt, again } }: { readonly checkout: Checkout }) {
  const { words } = usePage();
  const isTrying = attempt.phase === 'waiting' || (attempt.phase === 'asking' && attempt.tries > 1);
  if (isTrying)
    return (
      <Notice kind="warning" title={words.checkout.waitingTitle}>
        <p>{words.checkout.waitingText}</p>
        <p aria-hidden="true">{words.checkout.waitingTries(attempt.tries)}</p>
        <Button size="small" busy={attempt.phase === 'asking'} onClick={again}>
          {words.checkout.again}
        </Button>
      </Notice>
    );
  return attempt.phase === 'asking' ? <Notice>{words.checkout.payingText}</Notice> : null;
}
