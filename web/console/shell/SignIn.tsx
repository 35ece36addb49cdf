import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '../../design/Button.tsx';
import { Field } from '../../design/Field.tsx';
import { useWords } from '../language.tsx';
import { ProblemNotice } from '../parts/states.tsx';
import { problemOf } from '../server/problem.ts';
import { useSignIn } from '../server/session.ts';
import { Preferences } from './Account.tsx';
import styles from './SignIn.module.css';
import { shellWords } from './words.ts';

const OPERATOR = 'jangteo.console.operator';

/** The door: the admin token, and a name for the audit that is remembered here (the token never is). */
export function SignIn() {
  const { signIn: words } = useWords(shellWords);
  const [token, setToken] = useState('');
  const [operator, setOperator] = useState(localStorage.getItem(OPERATOR) ?? '');
  const [isShown, setShown] = useState(false);
  const signIn = useSignIn();
  useEffect(() => {
    document.title = `${words.title} · Jangteo 장터`;
  }, [words]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (signIn.isPending) return;
    const name = operator.trim();
    localStorage.setItem(OPERATOR, name);
    signIn.mutate({ token: token.trim(), ...(name !== '' && { operator: name }) });
  };

  const problem = signIn.isError ? problemOf(signIn.error) : undefined;
  const isWrongToken = problem?.code === 'forbidden';
  const isWrongName = problem?.code === 'validation_failed';
  return (
    <main className={styles.door}>
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.wordmark} translate="no">
          <span lang="ko">장터</span> Jangteo
        </p>
        <h1>{words.title}</h1>
        <p className={styles.lead}>{words.lead}</p>
        <Field
          label={words.token}
          name="token"
          type={isShown ? 'text' : 'password'}
          autoComplete="current-password"
          spellCheck={false}
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
          error={isWrongToken ? words.wrong : undefined}
        />
        <Button
          kind="quiet"
          size="small"
          className={styles.show}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? words.hide : words.show}
        </Button>
        <Field
          label={words.operator}
          name="operator"
          autoComplete="username"
          maxLength={60}
          value={operator}
          onChange={(event) => setOperator(event.target.value)}
          hint={words.operatorHint}
          error={isWrongName ? words.operatorWrong : undefined}
        />
        {problem === undefined || isWrongToken || isWrongName ? null : <ProblemNotice error={problem} />}
        <Button kind="primary" type="submit" wide busy={signIn.isPending}>
          {words.submit}
        </Button>
      </form>
      <Preferences />
    </main>
  );
}
