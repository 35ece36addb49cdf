import { useNavigate, useSearch } from '@tanstack/react-router';
import { useWords } from '../../language.tsx';
import { given } from '../../parts/address.ts';
import { Filters, Select } from '../../parts/controls.tsx';
import { SearchForm } from '../../parts/inputs.tsx';
import { Page } from '../../parts/Page.tsx';
import { Paged, usePages } from '../../parts/paging.tsx';
import { adminApi, answerOf } from '../../server/client.ts';
import { shellWords } from '../../shell/words.ts';
import { BulkActs } from './BulkActs.tsx';
import { CaseTable } from './CaseTable.tsx';
import { AGES, CASE_SERVICES, CASE_STATUSES, type CaseSearch } from './routes.ts';
import { hospitalWords } from './words.ts';

const AGE_MS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

export function HospitalPage() {
  const { pages: titles } = useWords(shellWords);
  const words = useWords(hospitalWords);
  const search = useSearch({ from: '/hospital' });
  const navigate = useNavigate();
  const narrow = (change: { readonly [Name in keyof CaseSearch]?: CaseSearch[Name] | undefined }) =>
    void navigate({ to: '/hospital', search: given({ ...search, ...change }) as CaseSearch });
  const { status = 'open', age, ...wishes } = search;
  const load = (cursor: string | undefined) => {
    const openedBefore = age === undefined ? undefined : Date.now() - AGE_MS[age];
    const query = {
      limit: 50,
      ...given({ ...wishes, openedBefore, cursor, status: status === 'any' ? undefined : status }),
    };
    return answerOf(adminApi.GET('/v1/admin/hospital', { params: { query } }));
  };
  const pages = usePages(['hospital', search], load, { refetchInterval: 5_000 });

  return (
    <Page title={titles.hospital} lead={words.lead}>
      <Filters label={words.narrow}>
        <Select
          label={words.status}
          value={status}
          options={[...CASE_STATUSES, 'any' as const].map((value) => ({ value, label: words.statuses[value] }))}
          onChange={(value) => narrow({ status: value === 'open' ? undefined : value })}
        />
        <Select
          label={words.service}
          value={search.service ?? ''}
          options={[
            { value: '' as const, label: words.anyService },
            ...CASE_SERVICES.map((value) => ({ value, label: value })),
          ]}
          onChange={(value) => narrow({ service: value === '' ? undefined : value })}
        />
        <Select
          label={words.age}
          value={age ?? ''}
          options={[
            { value: '' as const, label: words.anyAge },
            ...AGES.map((value) => ({ value, label: words.ages[value] })),
          ]}
          onChange={(value) => narrow({ age: value === '' ? undefined : value })}
        />
        <Word name="type" label={words.kind} placeholder="OrderConfirmed" search={search} narrow={narrow} />
        <Word name="code" label={words.code} placeholder="no_matching_sale" search={search} narrow={narrow} />
        <Word name="subject" label={words.subject} placeholder="ord_…" search={search} narrow={narrow} />
      </Filters>
      <Paged pages={pages}>{(cases) => <CaseTable cases={cases} />}</Paged>
      {status === 'open' && (pages.items?.length ?? 0) > 0 ? (
        <BulkActs filter={given(wishes)} olderThanMs={age === undefined ? 0 : AGE_MS[age]} />
      ) : null}
    </Page>
  );
}

interface WordProps {
  readonly name: 'type' | 'code' | 'subject';
  readonly label: string;
  readonly placeholder: string;
  readonly search: CaseSearch;
  readonly narrow: (change: { readonly [Name in WordProps['name']]?: string | undefined }) => void;
}

function Word({ name, label, placeholder, search, narrow }: WordProps) {
  const { find } = useWords(hospitalWords);
  return (
    <SearchForm
      label={label}
      placeholder={placeholder}
      submit={find}
      narrow
      value={search[name] ?? ''}
      onSearch={(text) => narrow({ [name]: text })}
    />
  );
}
