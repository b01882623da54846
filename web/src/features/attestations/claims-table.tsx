import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { failed } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { CLAIM_GROUPS, CLAIM_WORDS, type Claim, holdsText } from './words.ts';

const COLUMNS: readonly Column<Claim>[] = [
  {
    id: 'what',
    header: 'What the file says',
    sort: (row) => row.title,
    cell: (row) => (
      <RowTitle code={row.control?.replace('CLA-', '') ?? 'Journal'} detail={row.note}>
        {row.title}
        {row.approvals.map(({ words, by }) => (
          <span key={`${words} ${by}`} className="second">
            Says that {by} approved {words}
          </span>
        ))}
        {row.leftOut.map((says) => (
          <span key={says} className="second">
            {says}
          </span>
        ))}
      </RowTitle>
    ),
  },
  {
    id: 'holds',
    header: 'Seen',
    width: '10rem',
    cell: (row) =>
      row.holds === null || row.seen === null ? (
        <span className="muted">Many entries</span>
      ) : (
        <>
          {holdsText(row.holds)}
          <span className="second">{dayWords(row.seen)}</span>
        </>
      ),
  },
  {
    id: 'typed',
    header: 'Attributed in the file to',
    width: '18%',
    cell: (row) => (
      <>
        {row.typedBy ?? <span className="muted">No one named</span>}
        <span className="second">{row.file}</span>
      </>
    ),
  },
  {
    id: 'brought',
    header: 'Imported by',
    width: '12rem',
    sort: (row) => row.brought.at,
    cell: (row) => (
      <>
        {row.brought.by}
        <span className="second">
          <When at={row.brought.at} />
        </span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    evident: true,
    width: '18%',
    cell: (row) => (
      <>
        {CLAIM_WORDS[row.state]}
        <span className="second">
          {row.decided === null
            ? row.why
            : `${row.decided.by}${row.decided.reason === null ? '' : `: ${row.decided.reason}`}`}
        </span>
      </>
    ),
  },
];

/** Claims from files. None takes effect before someone with the permission confirms it in their own name. */
export function ClaimsTable() {
  const { slug } = useClientHere();
  const mayWrite = useMay('attestations.write');
  const load = useQuery(api.claims.list.queryOptions({ input: { client: slug } }));
  const [refusing, setRefusing] = useState<readonly Claim[] | null>(null);
  const confirm = useMutation({
    mutationFn: (rows: readonly Claim[]) =>
      calls.claims.confirm({ client: slug, claims: rows.map(({ id }) => id) }),
    onSuccess: ({ confirmed }) => toast({ kind: 'done', text: `Confirmed: ${count(confirmed, 'claim')}.` }),
    onError: failed,
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <>
      <DataTable
        label="What files state"
        rows={load.data?.items}
        columns={COLUMNS}
        rowId={(row) => row.id}
        groups={CLAIM_GROUPS}
        groupOf={(row) => row.state}
        {...(mayWrite
          ? {
              selection: {
                noun: (n: number) => count(n, 'claim'),
                allowed: (row: Claim) => row.state === 'waiting',
                explain: (rows: readonly Claim[]) =>
                  rows.find(({ mayConfirm }) => !mayConfirm)?.why ??
                  'Confirm only what you have seen or checked yourself: it counts in your name from then on.',
                actions: (rows: readonly Claim[], clear: () => void) => (
                  <>
                    <Button onClick={() => setRefusing(rows)}>Refuse…</Button>
                    <Button
                      variant="filled"
                      loading={confirm.isPending}
                      disabled={rows.some(({ mayConfirm }) => !mayConfirm)}
                      onClick={() => confirm.mutate(rows, { onSuccess: clear })}
                    >
                      Confirm in my name
                    </Button>
                  </>
                ),
              },
            }
          : {})}
        empty={
          <EmptyState title="No file contained any.">
            Statements and journals that come with an import wait here. They count only once someone with the
            right role confirms them.
          </EmptyState>
        }
      />
      {refusing === null ? null : <RefuseDialog claims={refusing} onClose={() => setRefusing(null)} />}
    </>
  );
}

function RefuseDialog({ claims, onClose }: { claims: readonly Claim[]; onClose: () => void }) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: needed('Say why. The reason stays on the record.') });
  const submit = async () => {
    if (!fields.check()) return false;
    try {
      await calls.claims.refuse({
        client: slug,
        claims: claims.map(({ id }) => id),
        reason: fields.values.reason.trim(),
      });
    } finally {
      await queries.invalidateQueries();
    }
    toast({ kind: 'done', text: 'Rejected. It stays on the record and never counts.' });
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Refuse ${count(claims.length, 'claim')}`}
      submit="Refuse"
      onSubmit={submit}
    >
      <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
    </FormDialog>
  );
}
