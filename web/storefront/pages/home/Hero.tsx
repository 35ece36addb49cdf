import { ButtonLink } from '../../../design/Button.tsx';
import { Picture } from '../../../design/Picture.tsx';
import { usePage } from '../../page-context.tsx';
import type { PreloadedPicture } from '../../storefront.ts';
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
                <Picture src={image} alt={title} sizes={sizesOf(index, shown.length)} first />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const PICTURES = 3;

/** A phone shows no large picture when there are small ones: it loads the smallest that there is. */
function sizesOf(index: number, count: number): string {
  if (index > 0) return SMALL;
  return count === 1 ? '(min-width: 60rem) 26rem, 92vw' : '(min-width: 60rem) 26rem, 1px';
}

const SMALL = '(min-width: 60rem) 13rem, 46vw';

/** The largest that is seen at each width of the screen. */
export function heroPreload(shown: readonly { readonly image: string }[]): PreloadedPicture[] {
  const [first, second] = shown.map(({ image }) => image);
  if (first === undefined) return [];
  const sizes = sizesOf(0, shown.length);
  if (second === undefined) return [{ src: first, sizes }];
  return [
    { src: first, sizes, media: '(min-width: 60rem)' },
    { src: second, sizes: SMALL, media: '(max-width: 59.99rem)' },
  ];
}

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
