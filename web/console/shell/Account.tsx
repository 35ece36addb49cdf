import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/Button.tsx';
import { useLanguage, useWords } from '../language.tsx';
import { Select } from '../parts/controls.tsx';
import { useSignOut } from '../server/session.ts';
import { chooseTheme, storedTheme, THEMES, type Theme } from '../theme.ts';
import styles from './Shell.module.css';
import { shellWords } from './words.ts';

/** Language and colours: for everybody, signed in or not. */
export function Preferences() {
  const words = useWords(shellWords);
  const { language, speak } = useLanguage();
  const [theme, setTheme] = useState<Theme>(storedTheme);
  return (
    <div className={styles.preferences}>
      <Select
        label={words.language}
        value={language}
        options={[
          { value: 'en', label: 'English' },
          { value: 'ko', label: '한국어' },
        ]}
        onChange={speak}
      />
      <Select
        label={words.theme}
        value={theme}
        options={THEMES.map((each) => ({ value: each, label: words.themes[each] }))}
        onChange={(chosen) => {
          setTheme(chosen);
          chooseTheme(chosen);
        }}
      />
    </div>
  );
}

/** Who is signed in, and the way out. */
export function Account({ operator }: { readonly operator: string }) {
  const words = useWords(shellWords);
  const signOut = useSignOut();
  return (
    <div className={styles.account}>
      <Preferences />
      <p className={styles.operator}>{words.signedInAs(operator)}</p>
      <Button size="small" busy={signOut.isPending} onClick={() => signOut.mutate()}>
        <LogOut size={16} strokeWidth={1.75} aria-hidden="true" />
        {words.signOut}
      </Button>
    </div>
  );
}
