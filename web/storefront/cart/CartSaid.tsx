import { useEffect, useRef } from 'react';
import { Button } from '../../design/Button.tsx';
import { usePage } from '../page-context.tsx';
import type { Words } from '../words/words.ts';
import { cartStore } from './cart-store.ts';
import type { Said } from './cart-view.ts';
import styles from './said.module.css';

/** What has just happened to the cart, read out as well; a removal can be undone. */
export function CartSaid({ said }: { readonly said: Said | undefined }) {
  const { words } = usePage();
  const undo = useRef<HTMLDivElement>(null);

  // The button that was pressed is gone with its line.
  useEffect(() => {
    if (said?.kind === 'removed') undo.current?.querySelector('button')?.focus();
  }, [said]);

  return (
    <div className={styles.place} role={said?.kind === 'problem' ? 'alert' : 'status'} ref={undo}>
      {said === undefined ? null : (
        <div className={`${styles.said} ${said.kind === 'problem' ? styles.problem : ''}`}>
          <p>{textOf(said, words.cart)}</p>
          {said.kind === 'removed' ? (
            <Button size="small" kind="quiet" onClick={() => void cartStore.undo(said.line)}>
              {words.cart.undo}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}

function textOf(said: Said, words: Words['cart']): string {
  switch (said.kind) {
    case 'added':
      return words.added(said.title);
    case 'undone':
      return words.undone(said.title);
    case 'removed':
      return words.removed(said.line.title ?? words.goneItem(said.line.sku));
    case 'skipped':
      return words.skipped;
    case 'problem':
      return problemText(said.code, words);
  }
}

/** Why the cart could not be changed, in plain words. */
export function problemText(code: string, { problems }: Words['cart']): string {
  return (problems as Readonly<Record<string, string>>)[code] ?? problems.other;
}
