import { Link } from '@tanstack/react-router';
import { useWords } from '../../language.tsx';
import { Tabs } from '../../parts/Tabs.tsx';
import { ledgerWords } from './words.ts';

/** The ledger's own pages. */
export function LedgerSections() {
  const words = useWords(ledgerWords);
  return (
    <Tabs label={words.sections}>
      <Link to="/ledger" activeOptions={{ exact: true, includeSearch: false }}>
        {words.accounts}
      </Link>
      <Link to="/ledger/reconciliation">{words.reconciliation}</Link>
    </Tabs>
  );
}
