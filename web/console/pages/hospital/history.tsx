import { useWords } from '../../language.tsx';
import { Badge } from '../../parts/Badge.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Json, More } from '../../parts/Details.tsx';
import { When } from '../../parts/When.tsx';
import type { KeptEvent, ShownCase } from './case-data.ts';
import styles from './hospital.module.css';
import { hospitalWords } from './words.ts';

/** The events of the same subject that wait for the case to be settled. */
export function Behind({ shown: { behind = [] } }: { readonly shown: ShownCase }) {
  const words = useWords(hospitalWords);
  return (
    <DataTable
      caption={words.behind}
      rows={behind as readonly KeptEvent[]}
      keyOf={({ type, version }) => `${type} ${version}`}
      empty={words.behindNone}
      columns={[
        { key: 'type', head: words.event, cell: ({ type }) => type },
        { key: 'at', head: words.at, cell: ({ at }) => <When at={at} /> },
        {
          key: 'data',
          head: words.data,
          cell: ({ type, data }) => (
            <More summary={words.data}>
              <Json value={data} label={`${type}: ${words.data}`} />
            </More>
          ),
        },
      ]}
    />
  );
}

/** Who was told of the case. */
export function Notices({ shown: { notices = [] } }: { readonly shown: ShownCase }) {
  const words = useWords(hospitalWords);
  return (
    <DataTable
      caption={words.notices}
      rows={notices}
      keyOf={({ id, at, to }) => `${id} ${at} ${to}`}
      empty={words.noticesNone}
      columns={[
        { key: 'at', head: words.at, cell: ({ at }) => <When at={at} /> },
        { key: 'channel', head: words.channel, cell: ({ channel }) => channel },
        { key: 'to', head: words.to, cell: ({ to }) => to },
        { key: 'step', head: words.step, align: 'end', cell: ({ step }) => step },
        {
          key: 'ok',
          head: words.result,
          cell: ({ ok, error }) => (
            <Badge tone={ok ? 'good' : 'danger'}>{ok ? words.sent : `${words.notSent}: ${error ?? ''}`}</Badge>
          ),
        },
      ]}
    />
  );
}

/** Everything that was done about the case. */
export function AuditList({ audit }: Pick<ShownCase, 'audit'>) {
  const words = useWords(hospitalWords);
  const acts: Readonly<Record<string, string>> = words.acts;
  const rows = audit.map((entry, index) => ({ ...entry, key: String(index) })).reverse();
  return (
    <DataTable
      caption={words.audit}
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { key: 'at', head: words.at, cell: ({ at }) => <When at={at} /> },
        { key: 'by', head: words.by, cell: ({ by }) => by },
        { key: 'act', head: words.act, cell: ({ act }) => acts[act] ?? act },
        {
          key: 'result',
          head: words.result,
          cell: ({ note, data, act }) => (
            <span className={styles.case}>
              {note}
              {data === undefined ? null : (
                <More summary={words.data}>
                  <Json value={data} label={`${act}: ${words.data}`} />
                </More>
              )}
            </span>
          ),
        },
        { key: 'why', head: words.reason, cell: ({ why = '' }) => why },
      ]}
    />
  );
}
