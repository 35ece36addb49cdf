import { type MouseEvent, useRef, useState } from 'react';
import { Picture } from '../../../design/Picture.tsx';
import { usePage } from '../../page-context.tsx';
import styles from './gallery.module.css';

/** How wide the large pictures are, rounded down to a width that they are made in. */
export const GALLERY_SIZES = '(min-width: 60rem) 40rem, 100vw';

interface GalleryProps {
  readonly images: readonly string[];
  readonly title: string;
}

/** Pictures side by side, swiped or scrolled with the arrow keys; the small ones below lead to each, also without scripts. */
export function Gallery({ images, title }: GalleryProps) {
  const { words } = usePage();
  const strip = useRef<HTMLUListElement>(null);
  const [shown, setShown] = useState(0);
  const nameOf = (index: number) =>
    images.length === 1 ? title : words.product.pictureOf(title, index + 1, images.length);

  const scrolled = () => {
    const element = strip.current;
    if (element !== null) setShown(Math.round(element.scrollLeft / Math.max(1, element.clientWidth)));
  };
  const show = (event: MouseEvent, index: number) => {
    event.preventDefault();
    const element = strip.current;
    element?.scrollTo({ left: index * element.clientWidth });
  };

  if (images.length === 0) return <div className={styles.blank} />;
  const isOne = images.length === 1;
  return (
    <div className={styles.gallery}>
      <ul
        ref={strip}
        className={styles.strip}
        aria-label={words.product.pictures}
        tabIndex={isOne ? undefined : 0}
        onScroll={scrolled}
      >
        {images.map((image, index) => (
          <li key={image} id={`picture-${index + 1}`}>
            <Picture src={image} alt={nameOf(index)} sizes={GALLERY_SIZES} first={index === 0} />
          </li>
        ))}
      </ul>
      {isOne ? null : (
        <ul className={styles.thumbs}>
          {images.map((image, index) => (
            <li key={image}>
              <a
                href={`#picture-${index + 1}`}
                aria-label={words.product.showPicture(index + 1)}
                aria-current={index === shown ? 'true' : undefined}
                onClick={(event) => show(event, index)}
              >
                <Picture src={image} alt="" sizes="5rem" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
