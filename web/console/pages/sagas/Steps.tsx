import { useWords } from '../../language.tsx';
import styles from './Sagas.module.css';
import type { Run } from './SagasPage.tsx';
import { sagasWords } from './words.ts';

type Standing = 'done' | 'now' | 'next' | 'undoing';

/** How far a run has come: its steps in order, each with where it stands. */
export function Steps({ run: { steps, step, phase } }: { readonly run: Run }) {
  const words = useWords(sagasWords);
  const at = steps.indexOf(step);
  const standing = (index: number): Standing => {
    if (index === at) return phase === 'compensating' ? 'undoing' : 'now';
    return index < at ? 'done' : 'next';
  };
  return (
    <ol className={styles.steps}>
      {steps.map((name, index) => (
        <li key={name} data-standing={standing(index)}>
          {name}
          <span className="visually-hidden">, {words.stepIs[standing(index)]}</span>
        </li>
      ))}
    </ol>
  );
}
