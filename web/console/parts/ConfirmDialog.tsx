import { AlertDialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from '../../design/Button.tsx';
import { useWords } from '../language.tsx';
import styles from './ConfirmDialog.module.css';
import { ProblemNotice } from './states.tsx';
import { partWords } from './words.ts';

interface ConfirmDialogProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly title: string;
  /** What will happen, and what cannot be undone. */
  readonly children: ReactNode;
  readonly confirm: string;
  readonly kind?: 'primary' | 'danger';
  /** What has to be filled in first. */
  readonly form?: ReactNode;
  /** Whether something is still missing. */
  readonly disabled?: boolean;
  /** Does it. The dialog stays open while it is done and when it fails, and takes no second click. */
  readonly onConfirm: () => Promise<unknown>;
}

/** Asks before something is done that others will notice. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { trigger, title, children, confirm, kind = 'primary', form, disabled = false, onConfirm } = props;
  const words = useWords(partWords);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const change = (next: boolean) => {
    if (busy) return;
    setError(undefined);
    setOpen(next);
  };
  const act = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      setOpen(false);
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };

  return (
    <AlertDialog.Root open={open} onOpenChange={change}>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles.overlay} />
        <AlertDialog.Content className={styles.content}>
          <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className={styles.text}>{children}</div>
          </AlertDialog.Description>
          {form}
          {error === undefined ? null : <ProblemNotice error={error} />}
          <div className={styles.actions}>
            <AlertDialog.Cancel asChild>
              <Button size="small">{words.cancel}</Button>
            </AlertDialog.Cancel>
            <Button size="small" kind={kind} busy={busy} disabled={disabled} onClick={() => void act()}>
              {confirm}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
