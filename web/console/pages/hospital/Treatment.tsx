import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { useWords } from '../../language.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { Json, More } from '../../parts/Details.tsx';
import { TextArea } from '../../parts/inputs.tsx';
import { Panel } from '../../parts/Page.tsx';
import { ProblemNotice } from '../../parts/states.tsx';
import { adminApi, answerOf, newKey } from '../../server/client.ts';
import { caseQuery, type DryRunAnswer, dataOf, eventOf, overtakenBy, type ShownCase } from './case-data.ts';
import { Foreseen } from './Foreseen.tsx';
import styles from './hospital.module.css';
import { parsed, pretty } from './json-text.ts';
import { hospitalWords } from './words.ts';

type Told = { readonly kind: 'success' | 'warning'; readonly text: string };

/** The message as it can be edited, tried, handled and given up. Every act names the revision that was seen here. */
export function Treatment({ shown }: { readonly shown: ShownCase }) {
  const words = useWords(hospitalWords);
  const client = useQueryClient();
  /** What the text was begun on: acts are refused when the case has moved on, until it is loaded anew. */
  const [base, setBase] = useState(() => ({ revision: shown.revision, text: pretty(dataOf(shown)) }));
  const [text, setText] = useState(base.text);
  const [note, setNote] = useState('');
  const [told, setTold] = useState<Told>();
  const [error, setError] = useState<unknown>();
  const [foreseen, setForeseen] = useState<DryRunAnswer>();
  const [busy, setBusy] = useState<'edit' | 'dry-run'>();
  const reading = parsed(text);
  const isEdited = text !== base.text;
  const isOpen = shown.status === 'open';
  const { caseId } = shown;
  const path = { caseId };
  const keyed = () => ({ path, header: { 'Idempotency-Key': newKey() } });

  const load = (found: ShownCase) => {
    const begun = { revision: found.revision, text: pretty(dataOf(found)) };
    setBase(begun);
    setText(begun.text);
    setError(undefined);
  };
  const acted = (found: ShownCase) => {
    load(found);
    void client.invalidateQueries({ queryKey: ['hospital'] });
  };
  const doing = async (what: 'edit' | 'dry-run', work: () => Promise<void>) => {
    setBusy(what);
    setTold(undefined);
    setError(undefined);
    await work().catch(setError);
    setBusy(undefined);
  };
  const body = { revision: base.revision, ...(note.trim() === '' ? {} : { note: note.trim() }) };

  const save = () =>
    doing('edit', async () => {
      if (!reading.ok) return;
      const data = reading.value;
      acted(
        await answerOf(adminApi.PUT('/v1/admin/hospital/{caseId}/data', { params: keyed(), body: { ...body, data } })),
      );
      setForeseen(undefined);
      setTold({ kind: 'success', text: words.saved });
    });
  const rehearse = () =>
    doing('dry-run', async () => {
      setForeseen(await answerOf(adminApi.POST('/v1/admin/hospital/{caseId}/dry-run', { params: keyed(), body })));
      await client.invalidateQueries({ queryKey: caseQuery(caseId).queryKey });
    });
  const retry = async () => {
    const found = await answerOf(adminApi.POST('/v1/admin/hospital/{caseId}/retry', { params: keyed(), body }));
    acted(found);
    setForeseen(undefined);
    const failed = { kind: 'warning', text: words.failedAgain(found.failure.detail) } as const;
    setTold(found.status === 'open' ? failed : { kind: 'success', text: words.cured });
  };
  const discharge = async () => {
    acted(await answerOf(adminApi.POST('/v1/admin/hospital/{caseId}/discharge', { params: keyed(), body })));
    setTold({ kind: 'success', text: words.dischargedNow });
  };

  const overtaken = overtakenBy(error) ?? (isOpen && shown.revision > base.revision ? lastBy(shown) : undefined);
  const reason = (
    <TextArea
      label={words.reason}
      hint={words.reasonHint}
      value={note}
      maxLength={500}
      rows={2}
      onChange={(event) => setNote(event.target.value)}
    />
  );
  return (
    <Panel
      title={words.message}
      actions={
        isOpen ? (
          <span className={styles.line}>
            <Button size="small" busy={busy === 'dry-run'} disabled={isEdited} onClick={() => void rehearse()}>
              {busy === 'dry-run' ? words.dryRunning : words.dryRun}
            </Button>
            <ConfirmDialog
              trigger={
                <Button size="small" kind="primary" disabled={isEdited}>
                  {words.retry}
                </Button>
              }
              title={words.retryTitle}
              confirm={words.retryGo}
              onConfirm={retry}
              form={reason}
            >
              <p>{words.retryText}</p>
            </ConfirmDialog>
            <ConfirmDialog
              trigger={
                <Button size="small" kind="danger">
                  {words.discharge}
                </Button>
              }
              title={words.dischargeTitle}
              confirm={words.dischargeGo}
              kind="danger"
              disabled={note.trim() === ''}
              onConfirm={discharge}
              form={reason}
            >
              <p>{words.dischargeText}</p>
            </ConfirmDialog>
          </span>
        ) : undefined
      }
    >
      <div className={styles.stack}>
        {told === undefined ? null : <Notice kind={told.kind}>{told.text}</Notice>}
        {overtaken === undefined ? null : (
          <Notice kind="warning" title={words.changed(overtaken)} urgent>
            {isEdited ? <p>{words.changedKeep}</p> : null}
            <Button
              size="small"
              onClick={() => void client.fetchQuery({ ...caseQuery(caseId), staleTime: 0 }).then(load)}
            >
              {words.theirs}
            </Button>
          </Notice>
        )}
        {error !== undefined && overtakenBy(error) === undefined ? <ProblemNotice error={error} /> : null}
        {foreseen === undefined ? null : <Foreseen run={foreseen} />}
        <p className={styles.soft}>{words.messageLead}</p>
        <textarea
          className={styles.editor}
          aria-label={words.message}
          aria-invalid={!reading.ok || undefined}
          aria-describedby="message-error"
          readOnly={!isOpen}
          spellCheck={false}
          translate="no"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <p id="message-error" className={styles.error} role="status">
          {reading.ok ? '' : reading.why === undefined ? words.notObject : words.wrongJson(reading.why)}
        </p>
        {isOpen ? (
          <span className={styles.line}>
            <Button
              size="small"
              kind="primary"
              busy={busy === 'edit'}
              disabled={!isEdited || !reading.ok}
              onClick={() => void save()}
            >
              {words.save}
            </Button>
            <Button size="small" disabled={!reading.ok} onClick={() => reading.ok && setText(pretty(reading.value))}>
              {words.format}
            </Button>
            <Button size="small" disabled={!isEdited} onClick={() => setText(base.text)}>
              {words.restore}
            </Button>
            {isEdited ? <span className={styles.soft}>{words.unsaved}</span> : null}
          </span>
        ) : null}
        {shown.edited === undefined ? null : (
          <More summary={words.was}>
            <Json value={eventOf(shown)?.data ?? shown.data} label={words.was} />
          </More>
        )}
      </div>
    </Panel>
  );
}

function lastBy({ audit }: ShownCase): string {
  const changes = audit.filter(({ act }) => act === 'edited' || act === 'retried' || act === 'discharged');
  return changes.at(-1)?.by ?? 'admin';
}
