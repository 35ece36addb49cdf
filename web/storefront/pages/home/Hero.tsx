import { ButtonLink } from '../../../design/Button.tsx';
import { Picture } from '../../../design/Picture.tsx';
import { usePage } from '../../page-context.tsx';
import styles from './hero.module.css';
import type { HomeView } from './view.ts';

/** What the market is, beside three of the things it sells. */
export function Hero({ view }: { readonly view: HomeView }) {
  const { words, href } = usePage();
  const shown = heroProducts(view);
  return (
    <section className={styles.hero}>
      <div className={styles.text}>
        <h1 className={styles.title}>{words.browse.heroTitle}</h1>
        <p className={styles.lead}>{words.browse.heroText}</p>
        <div className={styles.actions}>
          <ButtonLink kind="primary" href={href('/search?sort=newest')}>
            {words.browse.heroAction}
          </ButtonLink>
        </div>
      </div>
      {shown.length === 0 ? null : (
        <ul className={styles.pictures} data-count={shown.length}>
          {shown.map(({ productId, title, image }, index) => (
            <li key={productId}>
              <a href={href(`/p/${productId}`)} className={styles.picture}>
                <Picture
                  src={image}
                  alt={title}
                  sizes={index === 0 ? '(min-width: 60rem) 26rem, 92vw' : '(min-width: 60rem) 13rem, 46vw'}
                  first
                />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const PICTURES = 3;

/** Three that are sold and have a picture, the popular ones first. */
export function heroProducts({ popular, newest }: HomeView) {
  const seen = new Set<string>();
  return [...popular, ...newest]
    .flatMap(({ productId, title, image, availability }) => {
      if (image === null || availability === 'out_of_stock' || seen.has(productId)) return [];
      seen.add(productId);
      return [{ productId, title, image }];
    })
    .slice(0, PICTURES);
}
