import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { VERDICT_ORDER } from '../../theme/tokens.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Stack } from '../../ui/layout.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { StateBar } from '../../ui/state-bar.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { ControlLine, RiskPanel } from './risk-panel.tsx';
import classes from './risks.module.css';
import { risksRoute } from './routes.tsx';
import { ScopeCell, StatusMark } from './status-mark.tsx';
import {
  type Board,
  countsText,
  countsWords,
  type Risk,
  SCOPE_WORDS,
  SCOPES,
  STATUS_WORDS,
  STATUSES,
} from './words.ts';

const columns: readonly Column<Risk>[] = [
  {
    id: 'risk',
    header: 'Risk',
    sort: (row) => row.title,
    cell: (row) => (
      <RowTitle detail={row.words}>
        <Link from="/c/$client/risks" to="." search={(was) => ({ ...was, panel: row.risk })}>
          {row.title}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    evident: true,
    width: '7.5rem',
    sort: (row) => STATUSES.indexOf(row.status),
    cell: (row) => <StatusMark status={row.status} />,
  },
  ...SCOPES.map(
    (scope): Column<Risk> => ({
      id: scope,
      header: SCOPE_WORDS[scope],
      width: '8rem',
      from: 860,
      unlisted: true,
      cell: (row) => {
        const part = row.scopes.find((one) => one.scope === scope);
        return part === undefined ? null : <ScopeCell part={part} />;
      },
    }),
  ),
  {
    id: 'residual',
    header: 'What remains',
    evident: true,
    width: '20%',
    from: 1100,
    cell: (row) => (
      <span>
        <span className="hidden-text">What remains: </span>
        {row.residual}
      </span>
    ),
  },
];

/** Each risk of the guide with the controls against it, their scope, and what remains. */
export function RisksPage() {
  const { slug } = useClientHere();
  const search = risksRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const { panel, sort, ...filter } = search;
  const load = useQuery({
    ...api.risks.board.queryOptions({ input: { client: slug, ...filter } }),
    placeholderData: keepPreviousData,
  });
  const { data } = load;
  const open = data?.items.find(({ risk }) => risk === panel);
  return (
    <ListPage
      title="Risks"
      permission="controls.read"
      load={load}
      meta={
        data === undefined ? undefined : (
          <>
            {countsText(data)} Based on verdicts decided <When at={data.decidedAt} inline />
          </>
        )
      }
      actions={
        <ExportMenu
          onExport={(format) => fetchFile(routes.risks.export, { client: slug, ...filter, format })}
        />
      }
      filters={
        <FilterChips
          search={{ label: 'Search the risks', value: filter.text, onChange: (text) => set({ text }) }}
          filters={[
            choiceFilter(
              filter,
              set,
              'status',
              'Status',
              STATUSES,
              STATUS_WORDS,
              data && ((value) => data.counts[value] ?? 0),
            ),
            choiceFilter(filter, set, 'scope', 'Layer', SCOPES, SCOPE_WORDS),
          ]}
          {...(data === undefined ? {} : { count: `${data.total} of ${data.all}` })}
        />
      }
      foot={
        <>
          {VERDICT_ORDER.map((state) => (
            <VerdictMark key={state} state={state} />
          ))}
          <ListKeys />
        </>
      }
      panel={open === undefined ? null : <RiskPanel key={open.risk} risk={open} onClose={closePanel} />}
    >
      {data === undefined ? null : <Scopes slug={slug} board={data} />}
      <DataTable
        label="Risks"
        rows={data?.items}
        columns={columns}
        rowId={({ risk }) => risk}
        openId={panel ?? null}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        empty={<EmptyState title="No risks.">The catalogue has none.</EmptyState>}
        filtered={filteredBy(
          {
            status: filter.status && STATUS_WORDS[filter.status],
            scope: filter.scope && SCOPE_WORDS[filter.scope],
            text: filter.text && `“${filter.text}”`,
          },
          set,
        )}
      />
      {data === undefined ? null : <Policies policies={data.policies} />}
    </ListPage>
  );
}

/** Every control against any risk, by scope: outside of what we manage, only the policy applies. */
function Scopes({ slug, board: { scopes, accounts } }: { slug: string; board: Board }) {
  return (
    <Stack gap="lg" inset>
      {accounts === null ? null : (
        <Notice {...(accounts.open === null ? { mark: 'cannot_read' as const } : {})}>
          {accounts.words} <AppLink href={`/c/${slug}/personal-accounts`}>Personal accounts</AppLink>
        </Notice>
      )}
      <div className={classes.scopes}>
        {scopes.map((one) => (
          <div key={one.scope}>
            <h2>{one.name}</h2>
            <p className="muted">
              {one.of === 0 ? 'No control applies here' : `${one.hold} of ${one.of} controls in place`}
            </p>
            <StateBar counts={one.counts} />
            <p>{countsWords(one.counts)}</p>
          </div>
        ))}
      </div>
    </Stack>
  );
}

/** The sign-in policies of the guide's section 6, each with its state. */
function Policies({ policies }: { policies: Board['policies'] }) {
  return (
    <section className={classes.policies} aria-labelledby="policies">
      <h2 id="policies">Sign-in policies of section 6</h2>
      <p className="muted">A policy in report-only mode stops no one, so it shows as pending.</p>
      <ul>
        {policies.map((control) => (
          <ControlLine key={control.control} control={control} />
        ))}
      </ul>
    </section>
  );
}
