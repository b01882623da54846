import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Hash } from '../../ui/hash.tsx';
import { Stack } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { policyRoute } from './routes.tsx';
import { type Entry, LANGUAGE_WORDS } from './words.ts';

/** Every acknowledgement; `may`: the viewer may erase names. */
export function RegisterTable({ slug, may }: { slug: string; may: boolean }) {
  const search = policyRoute.useSearch();
  const { set } = useListSearch(search);
  const load = useQuery(api.policy.register.list.queryOptions({ input: { client: slug } }));
  const [erasing, setErasing] = useState<Entry | null>(null);
  const columns = useMemo(() => registerColumns(may ? setErasing : null), [may]);
  if (load.data === undefined) return <LoadFailed load={load} what="The register could not be loaded." />;
  const { items } = load.data;
  const erased = items.filter(({ erasedAt }) => erasedAt !== null).length;
  return (
    <Stack>
      {erased === 0 ? null : (
        <p className="muted">
          {count(items.length, 'acknowledgment')}; in {erased} the name was erased on request.
        </p>
      )}
      <DataTable
        label="Register of acknowledgments"
        rows={items}
        columns={columns}
        rowId={(row) => row.id}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState title="No one has acknowledged it yet.">Each acknowledgment is kept here.</EmptyState>
        }
      />
      {erasing === null ? null : <EraseDialog slug={slug} entry={erasing} onClose={() => setErasing(null)} />}
    </Stack>
  );
}

function registerColumns(onErase: ((entry: Entry) => void) | null): readonly Column<Entry>[] {
  const columns: readonly Column<Entry>[] = [
    {
      id: 'name',
      header: 'Signed as',
      sort: (row) => row.name ?? '',
      cell: (row) =>
        row.erasedAt === null ? (
          <RowTitle detail={row.address}>{row.name}</RowTitle>
        ) : (
          <span className="muted">
            Erased <When at={row.erasedAt} inline />
          </span>
        ),
    },
    {
      id: 'version',
      header: 'Version',
      width: '7rem',
      sort: (row) => row.label,
      cell: (row) => (
        <>
          {row.label}
          {row.language === null || row.language === 'en' ? null : (
            <span className="second">in {LANGUAGE_WORDS[row.language]}</span>
          )}
        </>
      ),
    },
    {
      id: 'at',
      header: 'When',
      evident: true,
      width: '12rem',
      sort: (row) => row.at,
      cell: (row) => (
        <>
          <When at={row.at} />
          <span className="second">{row.method === 'sign_in' ? 'Entra sign-in' : 'emailed link'}</span>
        </>
      ),
    },
    { id: 'sha256', header: 'Text', width: '9rem', from: 640, cell: (row) => <Hash sha={row.sha256} /> },
  ];
  if (onErase === null) return columns;
  return [
    ...columns,
    {
      id: 'erase',
      header: 'Erase',
      evident: true,
      width: '7rem',
      from: 640,
      cell: (row) =>
        row.erasedAt !== null ? null : (
          <Button size="xs" onClick={() => onErase(row)}>
            Erase…<span className="hidden-text"> the name of {row.name}</span>
          </Button>
        ),
    },
  ];
}

/** Asks for the reason to erase the name and address of an acknowledgement, and says what is kept. */
function EraseDialog({ slug, entry, onClose }: { slug: string; entry: Entry; onClose: () => void }) {
  const fields = useFields({ reason: '' }, { reason: needed('Say who requested it and when.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Erase the name and address of ${entry.name}`}
      submit="Erase"
      final
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.policy.eraseEntry({
          client: slug,
          acknowledgement: entry.id,
          reason: fields.values.reason.trim(),
        });
        await done('The name and address are erased.', api.policy.key());
        return true;
      }}
    >
      <p>
        The entry keeps its version, time and language but no longer shows who acknowledged the policy. If the
        person holds a seat, they are listed as missing. The audit log cannot be changed and keeps the record
        of the acknowledgment.
      </p>
      <Textarea label="Why" autosize minRows={2} maxLength={2000} data-autofocus {...fields.text('reason')} />
    </FormDialog>
  );
}
// Guide: G8-17
