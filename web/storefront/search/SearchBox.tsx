import { type FormEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { usePage } from '../page-context.tsx';
import { SearchIcon } from '../shell/icons.tsx';
import { moved } from './options.ts';
import { SuggestionList } from './SuggestionList.tsx';
import { useSuggestions } from './use-suggestions.ts';

const LIST = 'suggestions';

/**
 * Finds products: a form that needs no script. With scripts it suggests while one types (a combobox as the ARIA Authoring
 * Practices have it), also while a Hangul syllable is being put together; Enter that only ends the syllable submits nothing.
 */
export function SearchBox() {
  const { path, words, href } = usePage();
  const [text, setText] = useState(() => new URLSearchParams(path.split('?')[1] ?? '').get('q') ?? '');
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [isLive, setLive] = useState(false);
  const isComposing = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { q, options } = useSuggestions(typed);
  const count = options?.length ?? 0;
  const isShown = isOpen && count > 0;
  // What was typed while the scripts were still on their way.
  useLayoutEffect(() => {
    const early = field.current;
    if (early === null || early.value === early.defaultValue) return;
    setText(early.value);
    if (early !== document.activeElement) return;
    setTyped(early.value);
    setOpen(early.value.trim() !== '');
  }, []);
  // Without scripts it is a search field like any other, and must not promise suggestions.
  useEffect(() => setLive(true), []);

  const type = (value: string) => {
    setText(value);
    setTyped(value);
    setActive(-1);
    setOpen(value.trim() !== '');
  };

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing.current || event.nativeEvent.isComposing || event.keyCode === IN_COMPOSITION) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (count === 0) return;
      event.preventDefault();
      setOpen(true);
      setActive(moved(isShown ? active : -1, count, event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (isShown) close();
      else type('');
    } else if (event.key === 'Enter' && isShown && active >= 0) {
      event.preventDefault();
      list.current?.querySelectorAll<HTMLElement>('[role="option"]')[active]?.click();
    }
  };

  const close = () => {
    setOpen(false);
    setActive(-1);
  };

  const submit = (event: FormEvent) => {
    if (isComposing.current) event.preventDefault();
  };

  return (
    <search className="header-search">
      <form action={href('/search')} method="get" onSubmit={submit}>
        <label className="visually-hidden" htmlFor="header-q">
          {words.shell.searchLabel}
        </label>
        <input
          ref={field}
          id="header-q"
          name="q"
          type={isLive ? 'text' : 'search'}
          inputMode="search"
          enterKeyHint="search"
          {...(isLive && {
            role: 'combobox',
            'aria-autocomplete': 'list',
            'aria-expanded': isShown,
            'aria-controls': LIST,
            'aria-activedescendant': isShown ? options?.[active]?.id : undefined,
          })}
          placeholder={words.shell.searchPlaceholder}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={press}
          onCompositionStart={() => {
            isComposing.current = true;
          }}
          onCompositionEnd={() => {
            isComposing.current = false;
          }}
          onFocus={() => setOpen(text.trim() !== '')}
          onBlur={close}
        />
        <button type="submit" aria-label={words.shell.search}>
          <SearchIcon />
        </button>
        <SuggestionList
          ref={list}
          id={LIST}
          q={q}
          options={isShown ? (options ?? []) : []}
          active={active}
          onPoint={setActive}
        />
        <p className="visually-hidden" role="status">
          {isOpen && options !== undefined ? words.browse.suggestionCount(count) : ''}
        </p>
      </form>
    </search>
  );
}

/** What browsers tell of a key that an input method has taken. */
const IN_COMPOSITION = 229;
