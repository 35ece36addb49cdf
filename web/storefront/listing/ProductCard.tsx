import { Picture } from '../../design/Picture.tsx';
import { Price } from '../../design/Price.tsx';
import { usePage } from '../page-context.tsx';
import styles from './card.module.css';
import { isColour, Swatch } from './Swatch.tsx';
import type { ProductCardView } from './view.ts';

const MOST_COLOURS = 5;
/** Four beside each other at the content's width, two on a phone. */
export const CARD_SIZES = '(min-width: 75rem) 17.5rem, (min-width: 48rem) 30vw, 46vw';

interface ProductCardProps {
  readonly card: ProductCardView;
  readonly level: 2 | 3;
  /** One of the first on the page: its picture is not waited with. */
  readonly isFirst?: boolean;
  readonly sizes?: string;
}

/** A product in a list: one link, the whole card. */
export function ProductCard({ card, level, isFirst = false, sizes = CARD_SIZES }: ProductCardProps) {
  const { language, currency, words, href } = usePage();
  const Heading = level === 2 ? 'h2' : 'h3';
  const { title, image, price, availability } = card;
  const colours = card.colours.filter(isColour);
  const isGone = availability === 'out_of_stock';
  return (
    <article className={styles.card} data-gone={isGone || undefined}>
      <div className={styles.picture}>
        {image === null ? (
          <div className={styles.blank} />
        ) : (
          <Picture src={image} alt="" sizes={sizes} first={isFirst} />
        )}
        {availability === 'in_stock' ? null : (
          <span className={styles.badge}>{isGone ? words.browse.soldOut : words.browse.fewLeft}</span>
        )}
      </div>
      <div className={styles.text}>
        <Heading className={styles.title}>
          <a href={href(`/p/${card.productId}`)}>{title}</a>
        </Heading>
        {card.seller === null ? null : <p className={styles.seller}>{card.seller}</p>}
        <p className={styles.price}>
          {price === null ? (
            <span className={styles.soft}>{words.browse.notInCurrency(currency)}</span>
          ) : (
            <FromPrice isFrom={card.hasDearer}>
              <Price money={price} language={language} />
            </FromPrice>
          )}
        </p>
        {colours.length < 2 ? null : (
          <p className={styles.colours}>
            <span className="visually-hidden">
              {words.browse.colours(colours.map((each) => words.options.value(each)).join(', '))}
            </span>
            {colours.slice(0, MOST_COLOURS).map((each) => (
              <Swatch key={each} colour={each} />
            ))}
            {colours.length > MOST_COLOURS ? <span aria-hidden="true">+{colours.length - MOST_COLOURS}</span> : null}
          </p>
        )}
      </div>
    </article>
  );
}

/** `from £9.00`, `9,000원부터`: Korean says it behind. */
function FromPrice({ isFrom, children }: { readonly isFrom: boolean; readonly children: React.ReactNode }) {
  const { language, words } = usePage();
  if (!isFrom) return children;
  const from = <span className={styles.from}>{words.browse.from}</span>;
  return language === 'ko' ? (
    <>
      {children}
      {from}
    </>
  ) : (
    <>
      {from} {children}
    </>
  );
}
