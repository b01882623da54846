import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { failed } from '../../acts.ts';
import { api, fetchFile, queries, routes, sendFile } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Hash } from '../../ui/hash.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Stack } from '../../ui/layout.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { sizeWords } from '../imports/words.ts';
import { DownloadLink, FileFacts, UsedBy, Verify } from './file-facts.tsx';
import { evidenceListRoute } from './routes.tsx';
import { type EvidenceRow, howWords, unusedWords } from './words.ts';

const columns: readonly Column<EvidenceRow>[] = [
  {
    id: 'name',
    header: 'File',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle>
        <Link from="/c/$client/evidence" to="." search={(was) => ({ ...was, panel: row.sha256 })}>
          <span className="wraps">{row.name}</span>
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'is',
    header: 'What it is',
    evident: true,
    width: '15rem',
    sort: (row) => row.is,
    cell: (row) => row.is ?? <span className="muted">{unusedWords(row.how) ?? howWords(row.how)}</span>,
  },
  {
    id: 'how',
    header: 'How it was added',
    width: '8rem',
    from: 900,
    sort: (row) => row.how,
    cell: (row) => howWords(row.how),
  },
  { id: 'by', header: 'By', width: '10rem', sort: (row) => row.by, cell: (row) => row.by ?? 'Someone' },
  { id: 'at', header: 'Added', width: '9rem', sort: (row) => row.at, cell: (row) => <When at={row.at} /> },
  {
    id: 'size',
    header: 'Size',
    width: '6rem',
    from: 760,
    align: 'end',
    sort: (row) => row.bytes,
    cell: (row) => sizeWords(row.bytes),
  },
  {
    id: 'uses',
    header: 'Used by',
    width: '6rem',
    align: 'end',
    sort: (row) => row.uses,
    cell: (row) => (row.uses === 0 ? <span className="muted">0</span> : row.uses),
  },
  {
    id: 'sha',
    header: 'SHA-256',
    width: '8rem',
    from: 1080,
    unlisted: true,
    cell: (row) => <Hash sha={row.sha256} />,
  },
];

/** Every stored file, its origin, and what is based on it. */
export function EvidencePage() {
  const { slug } = useClientHere();
  const search = evidenceListRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const mayAdd = useMay('evidence.add');
  const mayRoom = useMay('audit.read');
  const input = useRef<HTMLInputElement>(null);
  const load = useQuery(api.evidence.list.queryOptions({ input: { client: slug } }));
  const all = load.data?.items;
  const wanted = search.text?.toLowerCase() ?? '';
  const rows = all?.filter(
    (row) =>
      (search.how === undefined || row.how === search.how) &&
      (wanted === '' || row.name.toLowerCase().includes(wanted) || row.sha256.startsWith(wanted)),
  );
  const add = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files)
        await sendFile(routes.evidence.upload, { client: slug, name: file.name }, file);
      return files.length;
    },
    onSuccess: (n) => toast({ kind: 'done', text: `${count(n, 'file')} kept as evidence.` }),
    onError: failed,
    onSettled: () => queries.invalidateQueries({ queryKey: api.evidence.key() }),
  });
  return (
    <ListPage
      title="Evidence"
      permission="evidence.read"
      load={load}
      meta={
        all === undefined
          ? undefined
          : `${count(all.length, 'file')}, ${sizeWords(all.reduce((sum, { bytes }) => sum + bytes, 0))}, each kept under its SHA-256`
      }
      actions={
        <>
          {mayRoom ? (
            <LinkButton href={`/c/${slug}/evidence/room`}>Evidence room for an auditor</LinkButton>
          ) : null}
          <ExportMenu onExport={(format) => fetchFile(routes.evidence.export, { client: slug, format })} />
          {mayAdd ? (
            <>
              <input
                ref={input}
                type="file"
                hidden
                multiple
                onChange={(event) => {
                  const files = [...(event.currentTarget.files ?? [])];
                  event.currentTarget.value = '';
                  if (files.length > 0) add.mutate(files);
                }}
              />
              <Button
                variant={search.panel === undefined ? 'filled' : 'default'}
                leftSection={<Icon name="upload" />}
                loading={add.isPending}
                onClick={() => input.current?.click()}
              >
                Add a file
              </Button>
            </>
          ) : null}
        </>
      }
      filters={
        <FilterChips
          filters={[
            choiceFilter(
              search,
              set,
              'how',
              'How it was added',
              [...new Set((all ?? []).map(({ how }) => how))],
              howWords,
              (value) => (all ?? []).filter(({ how }) => how === value).length,
            ),
          ]}
          search={{
            label: 'Name or SHA-256',
            value: search.text,
            onChange: (text) => set({ text }),
          }}
          {...(rows === undefined || all === undefined ? {} : { count: `${rows.length} of ${all.length}` })}
        />
      }
      foot={<ListKeys />}
      panel={
        search.panel === undefined ? null : (
          <EvidencePanel key={search.panel} sha={search.panel} onClose={closePanel} />
        )
      }
    >
      <DataTable
        label="Evidence"
        rows={rows}
        columns={columns}
        rowId={(row) => row.sha256}
        openId={search.panel ?? null}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState title="No evidence yet.">
            Evidence is every file that a verdict or attestation is based on, kept exactly as received. Import
            files, or add one here.
          </EmptyState>
        }
        filtered={
          all === undefined || all.length === 0
            ? undefined
            : filteredBy({ how: search.how && howWords(search.how), text: search.text }, set)
        }
      />
    </ListPage>
  );
}

function EvidencePanel({ sha, onClose }: { sha: string; onClose: () => void }) {
  const { slug } = useClientHere();
  const load = useQuery(api.evidence.get.queryOptions({ input: { client: slug, sha } }));
  const file = load.data;
  return (
    <SidePanel
      title={file?.name ?? 'Evidence'}
      code={sha.slice(0, 12)}
      onClose={onClose}
      actions={
        <Link to="/c/$client/evidence/$sha" params={{ client: slug, sha }}>
          Open
        </Link>
      }
    >
      {file === undefined ? (
        <p className="muted">{load.error === null ? 'Loading' : explainError(load.error).text}</p>
      ) : (
        <Stack gap="lg">
          <FileFacts file={file} />
          <Verify sha256={sha} />
          <DownloadLink sha256={sha} />
          <UsedBy file={file} />
        </Stack>
      )}
    </SidePanel>
  );
}
