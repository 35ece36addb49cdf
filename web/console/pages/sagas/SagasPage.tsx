import { useWords } from '../../language.tsx';
import { Page } from '../../parts/Page.tsx';
import { Loading } from '../../parts/states.tsx';
import { shellWords } from '../../shell/words.ts';

export function SagasPage() {
  const { pages } = useWords(shellWords);
  return (
    <Page title={pages.sagas}>
      <Loading />
    </Page>
  );
}
