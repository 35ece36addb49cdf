import styles from './Picture.module.css';
import { renditionsOf } from './renditions.ts';

interface PictureProps {
  readonly src: string;
  /** Empty for a picture that says nothing its neighbourhood does not. */
  readonly alt: string;
  /** How wide it is shown, e.g. `(min-width: 60rem) 25vw, 50vw`. */
  readonly sizes: string;
  /** Width by height. Default `1 / 1`. By class, for the policy allows no styles on elements. */
  readonly ratio?: '1 / 1' | '4 / 5';
  /** The page's main picture: loaded first. All others wait until they come near. */
  readonly first?: boolean;
  readonly className?: string | undefined;
}

/** A picture that keeps its place while it loads; one of the shop's own comes in the format and width that suit the screen. */
export function Picture({ src, alt, sizes, ratio = '1 / 1', first = false, className }: PictureProps) {
  const made = renditionsOf(src);
  // What is known of how to load it stands before `src`: some browsers begin as soon as they read that.
  const image = (
    <img
      className={[styles.picture, className].filter(Boolean).join(' ')}
      loading={first ? 'eager' : 'lazy'}
      fetchPriority={first ? 'high' : 'auto'}
      decoding="async"
      sizes={sizes}
      {...(made && { srcSet: made.jpeg, width: SIDE, height: SIDE })}
      src={made?.src ?? src}
      alt={alt}
      data-ratio={ratio}
    />
  );
  if (made === undefined) return image;
  return (
    <picture className={styles.formats}>
      <source type="image/avif" srcSet={made.avif} sizes={sizes} />
      <source type="image/webp" srcSet={made.webp} sizes={sizes} />
      {image}
    </picture>
  );
}

/** The shop's drawings are square. */
const SIDE = 1_000;
