import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { formatMoney } from '../../../design/money.ts';
import { useLanguage, useWords } from '../../language.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { TextArea } from '../../parts/inputs.tsx';
import { adminApi, answerOf, newKey } from '../../server/client.ts';
import { type Choosable, type Chosen, cancellable, linesOf, refundable } from './choosing.ts';
import { LinesPicker } from './LinesPicker.tsx';
import type { ShownOrder } from './order-data.ts';
import styles from './orders.module.css';
import { orderWords } from './words.ts';

interface ActProps {
  readonly order: ShownOrder;
  readonly onDone: (told: string) => void;
}

/** A key for a wish: another one when anything of the wish changes, and after it was fulfilled. */
function useWish(...parts: readonly unknown[]) {
  const [round, setRound] = useState(0);
  const wish = JSON.stringify([round, ...parts]);
  const key = useMemo(() => `${newKey()}.${wish.length}`, [wish]);
  return { key, renew: () => setRound((before) => before + 1) };
}

function useRenewedOrder(orderId: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['order', orderId] });
}

/** Asks what is to be cancelled and why, then cancels it. */
export function CancelDialog({ order, onDone }: ActProps) {
  const words = useWords(orderWords);
  const { orderId } = order;
  const lines = cancellable(order);
  const [isPart, setIsPart] = useState(false);
  const [chosen, setChosen] = useState<Chosen>({});
  const [note, setNote] = useState('');
  const wanted = isPart ? linesOf(chosen, lines) : undefined;
  const { key, renew } = useWish(wanted, note);
  const renewOrder = useRenewedOrder(orderId);

  const cancel = async () => {
    await answerOf(
      adminApi.POST('/v1/admin/orders/{orderId}/cancel', {
        params: { path: { orderId }, header: { 'Idempotency-Key': key } },
        body: { note, ...(wanted === undefined ? {} : { lines: wanted }) },
      }),
    );
    renew();
    setChosen({});
    setNote('');
    await renewOrder();
    onDone(words.cancelDone);
  };
  const isOpen = lines.length > 0 || order.status === 'placed';
  if (!isOpen) return <Unavailable label={words.cancelAct} why={words.nothingToCancel} />;
  return (
    <ConfirmDialog
      trigger={
        <Button size="small" kind="danger">
          {words.cancelAct}
        </Button>
      }
      title={words.cancelTitle}
      confirm={words.cancelConfirm}
      kind="danger"
      disabled={note.trim() === '' || wanted?.length === 0}
      onConfirm={cancel}
      form={
        <>
          {lines.length > 1 || lines.some(({ most }) => most > 1) ? (
            <fieldset className={styles.choice}>
              <legend className="visually-hidden">{words.cancelTitle}</legend>
              <label>
                <input type="radio" name="what" checked={!isPart} onChange={() => setIsPart(false)} />
                {words.cancelWhole}
              </label>
              <label>
                <input type="radio" name="what" checked={isPart} onChange={() => setIsPart(true)} />
                {words.cancelPart}
              </label>
            </fieldset>
          ) : null}
          {isPart ? <LinesPicker lines={lines} chosen={chosen} onChoose={setChosen} /> : null}
          <Reason note={note} onChange={setNote} />
        </>
      }
    >
      <p>{words.cancelText}</p>
    </ConfirmDialog>
  );
}

/** Asks which shipped goods are paid back and why, then asks for it. */
export function RefundDialog({ order, onDone }: ActProps) {
  const words = useWords(orderWords);
  const { language } = useLanguage();
  const { orderId } = order;
  const lines: readonly Choosable[] = refundable(order);
  const [chosen, setChosen] = useState<Chosen>({});
  const [note, setNote] = useState('');
  const wanted = linesOf(chosen, lines);
  const { key, renew } = useWish(wanted, note);
  const renewOrder = useRenewedOrder(orderId);

  const refund = async () => {
    const { refunds } = await answerOf(
      adminApi.POST('/v1/admin/orders/{orderId}/refunds', {
        params: { path: { orderId }, header: { 'Idempotency-Key': key } },
        body: { lines: wanted, note },
      }),
    );
    const amount = refunds.reduce((sum, each) => sum + each.amount.amount, 0);
    renew();
    setChosen({});
    setNote('');
    await renewOrder();
    onDone(words.refundDone(formatMoney({ amount, currency: order.currency }, language)));
  };
  if (lines.length === 0) return <Unavailable label={words.refundAct} why={words.nothingToRefund} />;
  return (
    <ConfirmDialog
      trigger={<Button size="small">{words.refundAct}</Button>}
      title={words.refundTitle}
      confirm={words.refundConfirm}
      disabled={note.trim() === '' || wanted.length === 0}
      onConfirm={refund}
      form={
        <>
          <LinesPicker lines={lines} chosen={chosen} onChoose={setChosen} />
          <Reason note={note} onChange={setNote} />
        </>
      }
    >
      <p>{words.refundText}</p>
    </ConfirmDialog>
  );
}

function Unavailable({ label, why }: { readonly label: string; readonly why: string }) {
  return (
    <Button size="small" disabled title={why}>
      {label}
    </Button>
  );
}

function Reason({ note, onChange }: { readonly note: string; readonly onChange: (note: string) => void }) {
  const words = useWords(orderWords);
  return (
    <TextArea
      label={words.reason}
      hint={words.reasonHint}
      value={note}
      maxLength={500}
      rows={2}
      required
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
