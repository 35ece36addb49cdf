import { usePage } from '../page-context.tsx';
import { CartIcon } from './icons.tsx';

/** The way to the cart. */
export function CartLink() {
  const { words, href } = usePage();
  return (
    <a className="header-tool header-cart" href={href('/cart')}>
      <CartIcon />
      <span>{words.shell.cart}</span>
    </a>
  );
}
