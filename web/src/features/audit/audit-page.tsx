import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Permission, useClientHere } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { When, ZoneProvider } from '../../ui/when.tsx';
import classes from './audit.module.css';
import { AuditFilters, type Search, words } from './audit-filters.tsx';
import { type AuditRecord, type Chain, chainOf, type Filters } from './chain.ts';
import { ChainExport } from './chain-export.tsx';
import { ChainLine } from './chain-line.tsx';
import { RecordPanel } from './record-panel.tsx';
import { clientAuditRoute, workspaceAuditRoute } from './routes.tsx';

/** The audit log of one client. */
export function ClientAuditPage() {
  const { slug } = useClientHere();
  const search = clientAuditRoute.useSearch();
  const navigate = clientAuditRoute.useNavigate();
  return (
    <AuditPage
      key={slug}
      chain={chainOf(slug)}
      permission="audit.read"
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
    />
  );
}

/** The audit log of what belongs to no client: people, invitations, settings. Its days and times are in UTC. */
export function WorkspaceAuditPage() {
  const search = workspaceAuditRoute.useSearch();
  const navigate = workspaceAuditRoute.useNavigate();
  return (
    <ZoneProvider value="UTC">
      <AuditPage
        chain={chainOf(null)}
        permission="workspace.audit"
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
      />
    </ZoneProvider>
  );
}

interface AuditPageProps {
  chain: Chain;
  permission: Permission;
  search: Search;
  onSearch: (search: Search) => void;
}

function columnsOf(link: (row: AuditRecord) => ReactNode): readonly Column<AuditRecord>[] {
  return [
    {
      id: 'what',
      header: 'What',
      cell: (row) => (
        <RowTitle detail={[row.subject.name, row.reason].filter((part) => part !== null).join(' · ') || null}>
          {link(row)}
        </RowTitle>
      ),
    },
    { id: 'who', header: 'Who', evident: true, width: '12rem', cell: (row) => row.actor.name },
    {
      id: 'when',
      header: 'Happened',
      evident: true,
      width: '12rem',
      cell: (row) => <When at={row.at} exact />,
    },
    { id: 'seq', header: 'Number', align: 'end', width: '5rem', from: 700, cell: (row) => row.seq },
  ];
}

const CLIENT_COLUMNS = columnsOf((row) => (
  <Link from="/c/$client/audit" to="." search={(was) => ({ ...was, panel: row.seq })}>
    {row.what}
  </Link>
));

const WORKSPACE_COLUMNS = columnsOf((row) => (
  <Link from="/audit" to="." search={(was) => ({ ...was, panel: row.seq })}>
    {row.what}
  </Link>
));

function AuditPage({ chain, permission, search, onSearch }: AuditPageProps) {
  const filters = filtersOf(search);
  const filtered = Object.keys(filters).length > 0;
  const list = useInfiniteQuery({
    queryKey: ['audit', chain.slug, 'list', filters],
    queryFn: ({ pageParam }) => chain.list(filters, pageParam),
    initialPageParam: undefined as string | undefined,
    // Paging by the number of the last record keeps older pages stable when new records arrive.
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const facets = useQuery({ queryKey: ['audit', chain.slug, 'facets'], queryFn: chain.facets });
  const rows = list.data?.pages.flatMap((page) => page.items);
  const total = list.data?.pages.at(-1)?.total;
  const close = () => {
    const { panel: _closed, ...rest } = search;
    onSearch(rest);
  };
  return (
    <ListPage
      title="Audit log"
      permission={permission}
      load={list}
      meta={<ChainLine chain={chain} />}
      actions={
        <>
          <ExportMenu onExport={(format) => chain.table(filters, format)} />
          <ChainExport chain={chain} from={search.from} to={search.to} />
        </>
      }
      filters={
        <AuditFilters
          facets={facets.data}
          search={search}
          onSearch={onSearch}
          zone={chain.slug === null ? 'UTC' : null}
          count={rows === undefined || total === undefined ? undefined : countWords(rows.length, total)}
        />
      }
      foot={<ListKeys />}
      panel={
        search.panel === undefined ? null : (
          <RecordPanel key={search.panel} chain={chain} seq={search.panel} onClose={close} />
        )
      }
    >
      <DataTable
        label="Audit log"
        rows={rows}
        columns={chain.slug === null ? WORKSPACE_COLUMNS : CLIENT_COLUMNS}
        rowId={(row) => String(row.seq)}
        openId={search.panel === undefined ? null : String(search.panel)}
        empty={
          <EmptyState title="Nothing has been recorded yet.">
            Every change is recorded here as it is made: who, when and why. So far there are none.
          </EmptyState>
        }
        filtered={filtered ? { words: words(search, facets.data), onClear: () => onSearch({}) } : undefined}
      />
      {list.hasNextPage ? (
        <div className={classes.older}>
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load older
          </Button>
        </div>
      ) : null}
    </ListPage>
  );
}

function countWords(shown: number, total: number): string {
  return shown < total ? `${shown} of ${total}` : `${total} ${total === 1 ? 'record' : 'records'}`;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The search parameters that the API filters by. An incomplete date is ignored. */
function filtersOf({ from, to, actor, action, kind, text }: Search): Filters {
  return {
    ...(from !== undefined && DAY.test(from) ? { from } : {}),
    ...(to !== undefined && DAY.test(to) ? { to } : {}),
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
    ...(kind === undefined ? {} : { subjectKind: kind }),
    ...(text === undefined ? {} : { text }),
  };
}
