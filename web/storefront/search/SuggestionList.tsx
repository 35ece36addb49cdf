import type { Ref } from 'react';
import { Picture } from '../../design/Picture.tsx';
import { Price } from '../../design/Price.tsx';
import { usePage } from '../page-context.tsx';
import { SearchIcon } from '../shell/icons.tsx';
import { marked, type Option } from './options.ts';
import styles from './suggestions.module.css';

interface SuggestionListProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly id: string;
  readonly q: string;
  /** None: nothing is shown. */
  readonly options: readonly Option[];
  readonly active: number;
  readonly onPoint: (index: number) => void;
}

/** The suggestions. The focus stays in the field; each is a link, so it opens in a new tab like any other. */
export function SuggestionList({ ref, id, q, options, active, onPoint }: SuggestionListProps) {
  const { words, href } = usePage();
  return (
    <div
      ref={ref}
      id={id}
      role="listbox"
      aria-label={words.browse.suggestions}
      className={styles.list}
      hidden={options.length === 0}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
    >
      {options.map((option, index) => (
        <a
          key={option.id}
          id={option.id}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles.option}
          href={href(option.href)}
          onMouseMove={() => index !== active && onPoint(index)}
        >
          <Suggestion option={option} q={q} />
        </a>
      ))}
    </div>
  );
}

function Suggestion({ option, q }: { readonly option: Option; readonly q: string }) {
  const { language, words } = usePage();
  if (option.kind === 'product') {
    const { title, image, price } = option.product;
    return (
      <>
        <span className={styles.picture}>{image === null ? null : <Picture src={image} alt="" sizes="44px" />}</span>
        <span className={styles.title}>
          <Marked text={title} q={q} />
        </span>
        {price === null ? null : <Price money={price} language={language} className={styles.price} />}
      </>
    );
  }
  return (
    <>
      <span className={styles.icon}>
        <SearchIcon />
      </span>
      <span className={styles.title}>
        {option.kind === 'category' ? <Marked text={option.name} q={q} /> : words.browse.showAll(option.total)}
      </span>
      {option.kind === 'category' ? <span className={styles.kind}>{words.browse.category}</span> : null}
    </>
  );
}

function Marked({ text, q }: { readonly text: string; readonly q: string }) {
  return marked(text, q).map(({ text: part, isTyped }) =>
    isTyped ? (
      <mark key={part} className={styles.typed}>
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
