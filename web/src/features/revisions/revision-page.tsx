import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, fetchFile, routes } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Diff } from '../../ui/diff.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { choiceFilter, useListSearch } from '../../ui/list-filters.ts';
import { EmptyState } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './revisions.module.css';
import { revisionRoute } from './routes.tsx';
import { CHANGE_WORDS, countWords, type Entry, KIND_WORDS, KINDS, type Shown } from './words.ts';

/** One revision: what it changed, before and after, and exactly which clients each entry affects. */
export function RevisionPage() {
  const { revision } = revisionRoute.useParams();
  const search = revisionRoute.useSearch();
  const { set } = useListSearch(search);
  const number = Number(revision);
  const load = useQuery({
    ...api.revisions.show.queryOptions({ input: { revision: number, ...search } }),
    placeholderData: keepPreviousData,
  });
  return (
    <OverviewPage
      title={`Revision ${revision} of the catalogue`}
      load={load}
      meta={(data: Shown) => (
        <>
          Since <When at={data.storedAt} inline /> · Bylaw {data.bylaw} · {countWords(data)}
          {guideWords(data)}
        </>
      )}
      actions={
        <ExportMenu
          onExport={(format) => fetchFile(routes.revisions.table, { revision: number, ...search, format })}
        />
      }
      main={(data: Shown) => (
        <Stack gap="lg">
          {data.first ? null : (
            <FilterChips
              filters={[
                choiceFilter(search, set, 'kind', 'Kind', KINDS, KIND_WORDS),
                choiceFilter(
                  search,
                  set,
                  'touching',
                  'Entries',
                  ['yes'] as const,
                  () => 'that affect someone',
                ),
                {
                  id: 'client',
                  label: 'Client',
                  options: data.clients.map(({ client, name }) => ({ value: client, label: name })),
                  value: search.client,
                  onChange: (client) => set({ client }),
                },
              ]}
              count={`${data.total} of ${data.all}`}
            />
          )}
          {data.items.length === 0 ? (
            <EmptyState title={data.first ? 'There is nothing to compare with.' : 'No entries.'}>
              {data.first
                ? 'This is the first revision kept. The next one will show what changed.'
                : 'No changed entries match the filter.'}
            </EmptyState>
          ) : (
            data.items.map((entry) => <OneEntry key={`${entry.kind} ${entry.id}`} entry={entry} />)
          )}
        </Stack>
      )}
      side={(data: Shown) => <Touched data={data} />}
    />
  );
}

function guideWords({ guide, guideBefore }: Shown): string {
  if (guide === null) return '';
  return guideBefore === null || guideBefore === guide
    ? ` · guide of ${guide}`
    : ` · guide of ${guide}, before of ${guideBefore}`;
}

function OneEntry({ entry }: { entry: Entry }) {
  const { clients, fields, page } = entry;
  return (
    <Card title={entry.title} aside={`${CHANGE_WORDS[entry.change]} ${entry.kindName.toLowerCase()}`}>
      <Stack>
        <Row as="p" gap="md" className="muted small">
          <span className="mono">{entry.short}</span>
          {page === null ? null : (
            <Link to="/catalogue/$kind/$id" params={page}>
              Open in the catalogue
            </Link>
          )}
        </Row>
        {fields.length === 0 ? null : <Diff label={`What changed: ${entry.title}`} changes={fields} />}
        <div>
          <h3>
            {clients.length === 0
              ? 'Affects none of your clients'
              : `Affects ${clients.length === 1 ? '1 client' : `${clients.length} clients`}`}
          </h3>
          <ul className={classes.clients}>
            {clients.map(({ client, name, reason }) => (
              <li key={client}>
                <AppLink href={`/c/${client}`}>{name}</AppLink>
                <span className="second">{reason}</span>
              </li>
            ))}
          </ul>
        </div>
      </Stack>
    </Card>
  );
}

function Touched({ data }: { data: Shown }) {
  return (
    <Card title="Clients it affects" aside={`${data.clients.length} of ${data.seen}`}>
      {data.clients.length === 0 ? (
        <p className="muted">None of the clients you can see.</p>
      ) : (
        <ul className={classes.clients}>
          {data.clients.map(({ client, name, entries }) => (
            <li key={client}>
              <Link from={revisionRoute.fullPath} to="." search={(was) => ({ ...was, client })}>
                {name}
              </Link>
              <span className="second">
                {entries} {entries === 1 ? 'entry' : 'entries'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
