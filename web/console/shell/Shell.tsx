import { Outlet, useRouterState } from '@tanstack/react-router';
import { Menu, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../language.tsx';
import { Answer, Loading } from '../parts/states.tsx';
import { useSession } from '../server/session.ts';
import { Account } from './Account.tsx';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';
import { SignIn } from './SignIn.tsx';
import { shellWords } from './words.ts';

/** The console around its pages: whoever is not signed in is asked to, at the address that they came for. */
export function Shell() {
  const session = useSession();
  return (
    <Answer query={session} loading={<Loading />}>
      {(found) => (found === null ? <SignIn /> : <Frame operator={found.operator} />)}
    </Answer>
  );
}

function Frame({ operator }: { readonly operator: string }) {
  const words = useWords(shellWords);
  useFocusOnNewPage();
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#page">
        {words.skip}
      </a>
      <aside className={styles.rail}>
        <Wordmark />
        <Rail />
        <Account operator={operator} />
      </aside>
      <header className={styles.bar}>
        <Wordmark />
        <Drawer operator={operator} />
      </header>
      <main className={styles.main} id="page" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

/** The rail of a phone. */
function Drawer({ operator }: { readonly operator: string }) {
  const words = useWords(shellWords);
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className={styles.iconButton} aria-label={words.menu}>
        <Menu size={20} aria-hidden="true" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.overlay} />
        <Dialog.Content className={styles.drawer} aria-describedby={undefined}>
          <div className={styles.drawerHead}>
            <Dialog.Title className={styles.drawerTitle}>{words.menu}</Dialog.Title>
            <Dialog.Close className={styles.iconButton} aria-label={words.closeMenu}>
              <X size={20} aria-hidden="true" />
            </Dialog.Close>
          </div>
          <Rail onChosen={() => setOpen(false)} />
          <Account operator={operator} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Wordmark() {
  return (
    <p className={styles.wordmark} translate="no">
      <span lang="ko">장터</span> Jangteo
    </p>
  );
}

/** After a link was followed, the new page's title has the focus: a screen reader says where one is. */
function useFocusOnNewPage(): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const known = useRef(path);
  useEffect(() => {
    if (path === undefined || path === known.current) return;
    const isFirst = known.current === undefined;
    known.current = path;
    if (!isFirst) document.getElementById('page-title')?.focus({ preventScroll: true });
  }, [path]);
}
