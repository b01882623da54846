import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Stack } from '../../ui/layout.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './baselines.module.css';
import { baselineRoute } from './routes.tsx';
import { draftWords, type Follower, type Shown, sideWords } from './words.ts';

const columns: readonly Column<Follower>[] = [
  {
    id: 'client',
    header: 'Client',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle detail={row.owner ?? 'Account owner not known'}>
        <Link from={baselineRoute.fullPath} to="." search={(was) => ({ ...was, panel: row.client })}>
          {row.name}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'version',
    header: 'Version',
    width: '8rem',
    sort: (row) => row.version,
    cell: (row) => (row.older ? <span className="late">{row.version}, older</span> : row.version),
  },
  { id: 'charter', header: 'Charter', width: '14rem', from: 760, cell: (row) => charterWords(row) },
  {
    id: 'looser',
    header: 'Looser',
    align: 'end',
    width: '4.5rem',
    sort: (row) => row.differences?.looser ?? -1,
    cell: (row) => <Count row={row} n={row.differences?.looser} loose />,
  },
  {
    id: 'open',
    header: 'Open differences',
    align: 'end',
    width: '8rem',
    sort: (row) => row.differences?.open ?? -1,
    cell: (row) => <Count row={row} n={row.differences?.open} />,
  },
  {
    id: 'kept',
    header: 'Kept',
    align: 'end',
    width: '4rem',
    from: 880,
    sort: (row) => row.differences?.kept ?? -1,
    cell: (row) => <Count row={row} n={row.differences?.kept} view="kept" />,
  },
];

function charterWords(row: Follower): string {
  const inForce = row.charter === null ? 'None in force' : `Version ${row.charter}`;
  return row.draft === null || row.draft.state === 'approved'
    ? inForce
    : `${inForce}. ${draftWords(row.draft.state)}`;
}

function Count({
  row,
  n,
  loose = false,
  view,
}: {
  row: Follower;
  n: number | undefined;
  loose?: boolean;
  view?: 'kept';
}) {
  const { baseline } = baselineRoute.useParams();
  if (n === undefined) return <span className="muted">Not known</span>;
  if (n === 0) return <span className="muted">0</span>;
  const query = new URLSearchParams({
    tab: 'differences',
    client: row.client,
    ...(loose ? { status: 'looser' } : {}),
    ...(view === undefined ? {} : { view }),
  });
  return (
    <AppLink href={`/baselines/${baseline}?${query}`} className={loose ? classes.looser : undefined}>
      {n}
    </AppLink>
  );
}

interface Search {
  readonly sort?: string | undefined;
}

export function ClientsTab({
  data,
  search,
  set,
}: {
  data: Shown;
  search: Search & { panel?: string | undefined };
  set: (next: Search) => void;
}) {
  return (
    <DataTable
      label="Clients on the baseline"
      rows={data.items}
      columns={columns}
      rowId={(row) => row.client}
      openId={search.panel ?? null}
      sort={search.sort}
      onSort={(sort) => set({ sort })}
      empty={
        <EmptyState
          title="No clients."
          action={
            data.may.apply && data.retired === null ? (
              <AppLink href={`/baselines/${data.id}/apply`}>Apply it to clients</AppLink>
            ) : undefined
          }
        >
          None of the clients you can see follows this baseline. Applying it creates a draft of each charter,
          which a second person approves.
        </EmptyState>
      }
    />
  );
}

/** What a baseline set up for one client: tasks, texts to send, and a draft of its charter. */
export function FollowerPanel({
  data,
  client,
  onClose,
}: {
  data: Shown;
  client: string;
  onClose: () => void;
}) {
  const one = data.items.find((row) => row.client === client);
  if (one === undefined)
    return (
      <SidePanel title="This client does not follow the baseline" onClose={onClose}>
        <p>No client you can see with this name follows it.</p>
      </SidePanel>
    );
  return (
    <SidePanel
      title={one.name}
      onClose={onClose}
      actions={<AppLink href={`/c/${one.client}`}>Open client</AppLink>}
    >
      <Stack gap="lg">
        {one.problem === null ? null : (
          <Notice mark="cannot_read">The baseline cannot be filled in for this client. {one.problem}</Notice>
        )}
        <Card>
          <Facts
            facts={[
              ['Follows', `Version ${one.version}${one.older ? `; ${data.version} is current` : ''}`],
              [
                'Applied',
                <span key="applied">
                  <When at={one.applied.at} inline /> by {one.applied.by}
                </span>,
              ],
              ['Account owner', one.owner ?? <span className="muted">Not known</span>],
              [
                'Charter',
                one.draft === null || one.draft.state === 'removed' ? (
                  charterWords(one)
                ) : (
                  <AppLink key="charter" href={`/c/${one.client}/charter/${one.draft.id}`}>
                    {charterWords(one)}
                  </AppLink>
                ),
              ],
            ]}
          />
        </Card>
        <Card title="Tasks of the deployment" flush aside={String(one.tasks.length)}>
          {one.tasks.length === 0 ? (
            <p className="muted">The baseline does not assign anyone to a task.</p>
          ) : (
            <ul>
              {one.tasks.map((task) => (
                <li key={task.task}>
                  <AppLink href={`/c/${one.client}/deployment/${task.task}`}>{task.title}</AppLink>
                  <span className={classes.second}>
                    {sideWords[task.by]}
                    {task.owner === null ? '' : `, ${task.owner}`}
                    {task.due === null ? '' : `, until ${dayWords(task.due)}`}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Card>
        {one.texts.map((text) => (
          <Card
            key={text.id}
            title={text.title}
            aside={<CopyButton size="xs" value={text.text} name={text.title} />}
          >
            <p className="pre">{text.text}</p>
          </Card>
        ))}
      </Stack>
    </SidePanel>
  );
}
