import styles from './Picture.module.css';

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

/** A picture that keeps its place while it loads. */
export function Picture({ src, alt, sizes, ratio = '1 / 1', first = false, className }: PictureProps) {
  return (
    <img
      className={[styles.picture, className].filter(Boolean).join(' ')}
      src={src}
      alt={alt}
      sizes={sizes}
      data-ratio={ratio}
      decoding="async"
      loading={first ? 'eager' : 'lazy'}
      fetchPriority={first ? 'high' : 'auto'}
    />
  );
}
