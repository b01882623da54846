import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { POLICY_MAIL_WORDS } from '../../../../src/domain/labels.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { failed } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Stack } from '../../ui/layout.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, LoadFailed } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { policyRoute } from './routes.tsx';
import { type Delivery, type Overview, type Person, VERSION_WORDS, type VersionLine } from './words.ts';

const STATES = ['missing', 'acknowledged'] as const;
const STATE_WORDS: Readonly<Record<Person['state'], string>> = {
  missing: 'Missing',
  acknowledged: 'Acknowledged',
};

/** Everyone who has Claude, and who of them acknowledged the policy in force. */
export function CoverageTable({ slug, overview }: { slug: string; overview: Overview }) {
  const search = policyRoute.useSearch();
  const { set } = useListSearch(search);
  const load = useQuery(api.policy.coverage.list.queryOptions({ input: { client: slug } }));
  const columns = useMemo(() => peopleColumns(), []);
  if (load.data === undefined) return <LoadFailed load={load} what="The list could not be loaded." />;
  const { state, why, items } = load.data;
  const shown = search.state === undefined ? items : items.filter((one) => one.state === search.state);
  const missing = items.filter((one) => one.state === 'missing' && !one.left).length;
  return (
    <Stack>
      <FilterChips
        filters={[choiceFilter(search, set, 'state', 'State', STATES, (one) => STATE_WORDS[one])]}
        {...(state === 'ready' && {
          count: `${shown.length} of ${count(items.length, 'person', 'people')}`,
        })}
      >
        {overview.may.edit && overview.mail && missing > 0 ? (
          <AskButton slug={slug} missing={missing} />
        ) : null}
      </FilterChips>
      <DataTable
        label="Who acknowledged the policy"
        rows={shown}
        columns={columns}
        rowId={(row) => row.address}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        filtered={filteredBy(
          { state: search.state === undefined ? undefined : STATE_WORDS[search.state] },
          set,
        )}
        empty={
          <EmptyState
            title={state === 'cannot_read' ? 'Cannot be read.' : 'No policy has been published here.'}
          >
            {state === 'cannot_read' ? why : 'Once you publish a version, staff can acknowledge it.'}
          </EmptyState>
        }
      />
    </Stack>
  );
}

function AskButton({ slug, missing }: { slug: string; missing: number }) {
  const [busy, setBusy] = useState(false);
  const askThem = async () => {
    setBusy(true);
    try {
      const { sent, failed: lost, waiting } = await calls.policy.remind({ client: slug });
      await queries.invalidateQueries({ queryKey: api.policy.key() });
      const rest =
        waiting > 0 ? ` ${count(waiting, 'person was', 'people were')} asked within the last day.` : '';
      toast({
        kind: lost > 0 ? 'failed' : 'done',
        text: `${count(sent, 'email')} sent.${lost > 0 ? ` ${lost} could not be sent.` : ''}${rest}`,
      });
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button loading={busy} onClick={() => void askThem()}>
      Ask {count(missing, 'person', 'people')} by mail
    </Button>
  );
}

function peopleColumns(): readonly Column<Person>[] {
  return [
    {
      id: 'name',
      header: 'Person',
      sort: (row) => row.name,
      cell: (row) => <RowTitle detail={row.address}>{row.name}</RowTitle>,
    },
    {
      id: 'state',
      header: 'State',
      evident: true,
      width: '30%',
      sort: (row) => row.at ?? '',
      cell: (row) =>
        row.state === 'missing' || row.at === null ? (
          <VerdictMark state="pending">Missing</VerdictMark>
        ) : (
          <VerdictMark state="pass">
            Version {row.label}, <When at={row.at} inline />
          </VerdictMark>
        ),
    },
    {
      id: 'asked',
      header: 'Emails',
      width: '30%',
      from: 640,
      quiet: true,
      sort: (row) => row.asked?.lastAt ?? '',
      cell: (row) => <Mails person={row} />,
    },
  ];
}

function Mails({ person: { asked, next, left, state } }: { person: Person }) {
  return (
    <>
      {asked === null ? (
        <span className="muted">No email sent</span>
      ) : asked.failure !== null ? (
        `Not sent: ${asked.failure}`
      ) : (
        <>
          {asked.times}, last <When at={asked.lastAt} inline />
        </>
      )}
      {next === null ? null : <span className="second">Next on {dayWords(next)}</span>}
      {left && state === 'missing' ? <span className="second">Has left, so is not asked</span> : null}
    </>
  );
}

/** Which version was sent to whom, and the outcome. */
export function DeliveriesTable({ slug }: { slug: string }) {
  const search = policyRoute.useSearch();
  const { set } = useListSearch(search);
  const load = useQuery(api.policy.deliveries.list.queryOptions({ input: { client: slug } }));
  const columns = useMemo(() => deliveryColumns(), []);
  if (load.data === undefined) return <LoadFailed load={load} what="The list could not be loaded." />;
  return (
    <DataTable
      label="Emails asking staff to acknowledge the policy"
      rows={load.data.items}
      columns={columns}
      rowId={(row) => row.id}
      sort={search.sort}
      onSort={(sort) => set({ sort })}
      empty={
        <EmptyState title="No email has been sent yet.">
          Each email that asks for an acknowledgment is kept here.
        </EmptyState>
      }
    />
  );
}

function deliveryColumns(): readonly Column<Delivery>[] {
  return [
    {
      id: 'name',
      header: 'Person',
      sort: (row) => row.name,
      cell: (row) => <RowTitle detail={row.address}>{row.name}</RowTitle>,
    },
    { id: 'version', header: 'Version', width: '6rem', sort: (row) => row.label, cell: (row) => row.label },
    {
      id: 'at',
      header: 'When',
      evident: true,
      width: '12rem',
      sort: (row) => row.at,
      cell: (row) => (
        <>
          <When at={row.at} />
          <span className="second">by {row.by}</span>
        </>
      ),
    },
    {
      id: 'state',
      header: 'Outcome',
      evident: true,
      width: '30%',
      sort: (row) => row.state,
      cell: (row) => (
        <>
          <VerdictMark state={row.state === 'sent' ? 'pass' : row.state === 'failed' ? 'fail' : 'pending'}>
            {POLICY_MAIL_WORDS[row.state]}
          </VerdictMark>
          {row.failure === null ? null : <span className="second">{row.failure}</span>}
        </>
      ),
    },
  ];
}

/** Every published version. */
export function VersionsTable({ slug, versions }: { slug: string; versions: readonly VersionLine[] }) {
  const columns = useMemo(() => versionColumns(slug), [slug]);
  return (
    <DataTable
      label="Versions of the policy"
      rows={[...versions]}
      columns={columns}
      rowId={(row) => row.label}
      empty={<EmptyState title="No version has been published.">Write the policy first.</EmptyState>}
    />
  );
}

function versionColumns(slug: string): readonly Column<VersionLine>[] {
  return [
    {
      id: 'label',
      header: 'Version',
      cell: (row) => (
        <RowTitle detail={row.reason}>
          <AppLink href={`/c/${slug}/policy/${row.label}`}>Version {row.label}</AppLink>
        </RowTitle>
      ),
    },
    { id: 'state', header: 'State', evident: true, width: '8rem', cell: (row) => VERSION_WORDS[row.state] },
    { id: 'from', header: 'In force from', width: '8rem', cell: (row) => dayWords(row.effectiveOn) },
    { id: 'by', header: 'Approved by', width: '12rem', from: 640, cell: (row) => row.approvedBy },
    {
      id: 'at',
      header: 'Approved on',
      width: '9rem',
      from: 760,
      cell: (row) => <When at={row.approvedAt} />,
    },
  ];
}
