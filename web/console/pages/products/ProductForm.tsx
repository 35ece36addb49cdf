import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { useLanguage, useWords } from '../../language.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { TextArea, TextInput } from '../../parts/inputs.tsx';
import { Panel } from '../../parts/Page.tsx';
import { ProblemNotice } from '../../parts/states.tsx';
import { adminApi, answerOf, newKey } from '../../server/client.ts';
import { type Draft, draftOf, emptyDraft, productOf } from './draft.ts';
import { fieldErrorsOf, useFieldErrorText } from './field-errors.ts';
import type { KeptProduct } from './product-data.ts';
import styles from './products.module.css';
import { Variants } from './Variants.tsx';
import { productWords } from './words.ts';

interface ProductFormProps {
  readonly kept: KeptProduct | undefined;
  /** Begins anew from what is kept now. */
  readonly reload: () => Promise<void>;
}

type Standing = { readonly told?: string; readonly error?: unknown; readonly busy?: boolean };

/** Everything of a product, saved whole; what the server refuses stands beside its field. */
export function ProductForm({ kept, reload }: ProductFormProps) {
  const words = useWords(productWords);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(() => (kept === undefined ? emptyDraft : draftOf(kept)));
  const [newId, setNewId] = useState('');
  const [revision, setRevision] = useState(kept?.revision ?? 0);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [{ told, error, busy = false }, setStanding] = useState<Standing>({});
  const errorText = useFieldErrorText();
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const productId = kept?.productId ?? newId.trim();
  const path = { productId };

  const save = async () => {
    setStanding({});
    const read = productOf(draft);
    if (productId === '') return setErrors({ productId: words.errors.productId });
    if (!read.ok) return setErrors(errorText(read.errors));
    setErrors({});
    setStanding({ busy: true });
    try {
      const { categoryIds, images, variants, ...texts } = read.product;
      const lists = { categoryIds: [...categoryIds], images: [...images], variants: [...variants] };
      const { changed } = await answerOf(
        adminApi.PUT('/v1/admin/products/{productId}', {
          params: { path, header: { 'Idempotency-Key': newKey() } },
          body: { ...texts, ...lists, revision },
        }),
      );
      await client.invalidateQueries({ queryKey: ['products'] });
      if (kept === undefined) return void navigate({ to: '/products/$productId', params: { productId } });
      const found = await answerOf(adminApi.GET('/v1/admin/products/{productId}', { params: { path } }));
      client.setQueryData(['product', productId], found);
      setRevision(found.revision);
      setStanding({ told: changed ? words.saved : words.unchanged });
    } catch (fault) {
      setErrors(fieldErrorsOf(fault, draft));
      setStanding({ error: fault });
    }
  };
  const withdraw = async () => {
    await answerOf(
      adminApi.DELETE('/v1/admin/products/{productId}', {
        params: { path, header: { 'Idempotency-Key': newKey() } },
      }),
    );
    await client.invalidateQueries({ queryKey: ['products'] });
    await reload();
  };
  const isOvertaken = error instanceof Error && 'code' in error && error.code === 'product_changed';

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {kept !== undefined && !kept.onSale ? <Notice kind="warning">{words.isWithdrawn}</Notice> : null}
      <Panel title={words.texts}>
        <div className={styles.texts}>
          {(['en', 'ko'] as const).map((language) => (
            <TextInput
              key={language}
              lang={language}
              label={language === 'en' ? words.titleEn : words.titleKo}
              value={draft.title[language]}
              error={errors[`title/${language}`] ?? (language === 'en' ? errors.title : undefined)}
              onChange={({ target }) => change({ title: { ...draft.title, [language]: target.value } })}
            />
          ))}
          {(['en', 'ko'] as const).map((language) => (
            <TextArea
              key={language}
              lang={language}
              rows={4}
              label={language === 'en' ? words.descriptionEn : words.descriptionKo}
              value={draft.description[language]}
              error={errors[`description/${language}`]}
              onChange={({ target }) => change({ description: { ...draft.description, [language]: target.value } })}
            />
          ))}
        </div>
      </Panel>
      <Panel title={words.placing}>
        <div className={styles.stack}>
          <div className={styles.two}>
            {kept === undefined ? (
              <TextInput
                label={words.productId}
                hint={words.productIdHint}
                value={newId}
                error={errors.productId}
                onChange={({ target }) => setNewId(target.value)}
              />
            ) : null}
            <TextInput
              label={words.sellerId}
              value={draft.sellerId}
              error={errors.sellerId}
              onChange={({ target }) => change({ sellerId: target.value })}
            />
          </div>
          <Categories
            chosen={draft.categoryIds}
            error={errors.categoryIds}
            onChoose={(categoryIds) => change({ categoryIds })}
          />
        </div>
      </Panel>
      <Panel title={words.images}>
        <div className={styles.stack}>
          <TextArea
            label={words.images}
            hint={words.imagesHint}
            rows={3}
            value={draft.images}
            error={errors.images}
            onChange={({ target }) => change({ images: target.value })}
          />
          <div className={styles.gallery}>
            {[...new Set(draft.images.split('\n').map((line) => line.trim()))]
              .filter((line) => line.startsWith('/'))
              .map((image) => (
                <img key={image} src={image} alt="" />
              ))}
          </div>
        </div>
      </Panel>
      <Panel title={words.variants}>
        <Variants draft={draft} errors={errors} onChange={change} />
      </Panel>
      {told === undefined ? null : <Notice kind="success">{told}</Notice>}
      {error === undefined ? null : <ProblemNotice error={error} />}
      <div className={styles.bar}>
        <Button type="submit" kind="primary" size="small" busy={busy}>
          {words.save}
        </Button>
        {isOvertaken ? (
          <Button size="small" onClick={() => void reload()}>
            {words.reload}
          </Button>
        ) : null}
        {kept?.onSale === true ? (
          <ConfirmDialog
            trigger={
              <Button size="small" kind="danger">
                {words.withdraw}
              </Button>
            }
            title={words.withdrawTitle}
            confirm={words.withdrawGo}
            kind="danger"
            onConfirm={withdraw}
          >
            <p>{words.withdrawText}</p>
          </ConfirmDialog>
        ) : null}
      </div>
    </form>
  );
}

interface CategoriesProps {
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  readonly onChoose: (chosen: readonly string[]) => void;
}

function Categories({ chosen, error, onChoose }: CategoriesProps) {
  const words = useWords(productWords);
  const { language } = useLanguage();
  const query = useQuery({
    queryKey: ['categories'],
    queryFn: () => answerOf(adminApi.GET('/v1/categories', { params: { query: { limit: 100 } } })),
  });
  const known = query.data?.items ?? [];
  const others = chosen.filter((id) => !known.some(({ categoryId }) => categoryId === id));
  const all = [...known, ...others.map((categoryId) => ({ categoryId, name: { en: categoryId, ko: categoryId } }))];
  return (
    <fieldset className={styles.categories}>
      <legend>{words.categories}</legend>
      {all.map(({ categoryId, name }) => (
        <label key={categoryId}>
          <input
            type="checkbox"
            checked={chosen.includes(categoryId)}
            onChange={({ target }) =>
              onChoose(target.checked ? [...chosen, categoryId] : chosen.filter((id) => id !== categoryId))
            }
          />
          {name[language] ?? name.en ?? name.ko ?? categoryId}
        </label>
      ))}
      {error === undefined ? null : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
