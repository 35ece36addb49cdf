import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../language.tsx';
import styles from './CopyId.module.css';
import { partWords } from './words.ts';

interface CopyIdProps {
  readonly id: string;
  /** What stands for it: a link to what it names. The id itself otherwise. */
  readonly children?: ReactNode;
}

const TOLD_MS = 1_500;

/** An id with a button that copies it whole. */
export function CopyId({ id, children }: CopyIdProps) {
  const words = useWords(partWords);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <span className={styles.id}>
      <code translate="no">{children ?? id}</code>
      <button
        type="button"
        className={styles.copy}
        aria-label={copied ? words.copied : words.copy(id)}
        onClick={() => void navigator.clipboard.writeText(id).then(() => setCopied(true))}
      >
        {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      </button>
    </span>
  );
}
