import { useQuery } from '@tanstack/react-query';
import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Flows } from '../../ui/charts/flows.tsx';
import { ChartTable } from '../../ui/charts/parts.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { ConnectorTabs } from './connector-tabs.tsx';

type Data = Awaited<ReturnType<typeof client.connectors.flows>>;
type System = Data['systems'][number];

/** Data flows from people through Claude to systems, compared with what the charter approves. */
export function FlowsPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.connectors.flows.queryOptions({ input: { client: slug } }));
  return (
    <Page<Data>
      title="Flows"
      permission="charter.read"
      load={load}
      meta={({ period }) =>
        period === null
          ? 'What Claude may reach'
          : `What went through Claude to which systems, ${dayWords(period.from)} to ${dayWords(period.to)}`
      }
    >
      {(data) => (
        <Stack gap="lg" inset>
          <ConnectorTabs />
          <Unseen data={data} />
          {data.systems.length === 0 ? (
            <EmptyState
              title="No systems."
              action={
                <LinkButton href={`/c/${slug}/connectors`} variant="filled">
                  Open the matrix
                </LinkButton>
              }
            >
              No charter, connectors table or call names a connector for this client. The matrix says how to
              begin.
            </EmptyState>
          ) : (
            <>
              <Picture slug={slug} data={data} />
              <Departments departments={data.departments} />
            </>
          )}
        </Stack>
      )}
    </Page>
  );
}

/** What the diagram does not show, and why. */
function Unseen({ data: { activity, period } }: { data: Data }) {
  if (!activity) return <Notice>Your role here does not include activity, so no call is shown.</Notice>;
  return period === null ? (
    <Notice mark="cannot_read">
      No source reported a connector call in these weeks. That does not mean there were none.
    </Notice>
  ) : (
    <Notice>
      Only what sources report: calls made in chat in the browser are not recorded on every plan, so the true
      figures may be higher.
    </Notice>
  );
}

function Picture({ slug, data }: { slug: string; data: Data }) {
  const { people, systems } = data;
  const words = flowWords(data);
  return (
    <Stack gap="md">
      <p className="reading">{words}</p>
      <p className="muted">
        Plain lines are reads. Hatched lines are writes, administration and calls whose effect is not known.
        Dotted lines: set up, but no calls were reported.
      </p>
      <Flows
        summary={words}
        through="Claude"
        sources={
          people === null
            ? []
            : [
                { key: 'reading', label: 'people only read', n: people.reading, more: false },
                { key: 'more', label: 'people did more', n: people.more, more: true },
              ]
        }
        targets={systems.map((system) => ({
          key: system.id,
          reads: system.calls?.read ?? 0,
          more: moreOf(system),
          label: <Label slug={slug} system={system} />,
        }))}
      />
      <ChartTable
        label={words}
        heading="System"
        columns={[
          'Charter',
          'Wider than approved',
          'Read',
          'Write',
          'Administration',
          'Not known',
          'People',
        ].map((head) => ({ key: head, head }))}
        rows={systems.map((system) => ({
          key: system.id,
          head: system.name,
          cells: [
            system.approved === null ? 'No charter' : system.approved ? 'Approved' : 'Not approved',
            system.wider,
            ...(['read', 'write', 'admin', 'unknown', 'people'] as const).map(
              (part) => system.calls?.[part] ?? 'Not reported',
            ),
          ],
        }))}
      />
    </Stack>
  );
}

/** Calls by department of the roster; people whose department is unknown are a separate row. */
function Departments({ departments }: { departments: Data['departments'] }) {
  if (departments === null) return null;
  return (
    <Card title="By department" aside="Departments as on the staff roster" flush>
      <PlainTable
        label="People with calls, by department"
        rows={departments}
        rowId={({ name }) => name ?? ''}
        columns={[
          {
            head: 'Department',
            cell: ({ name }) => name ?? <span className="muted">Not known</span>,
          },
          { head: 'People', align: 'end', cell: ({ people }) => people },
          { head: 'Did more than read', align: 'end', cell: ({ more }) => more },
          {
            head: 'Systems, with their people',
            cell: ({ systems }) => systems.map(({ name, people }) => `${name} ${people}`).join(', '),
          },
        ]}
      />
    </Card>
  );
}

function Label({ slug, system }: { slug: string; system: System }) {
  return (
    <>
      <AppLink href={`/c/${slug}/connectors?connector=${encodeURIComponent(system.id)}`}>
        {system.name}
      </AppLink>
      <span className="muted small">
        {system.calls === null
          ? 'No call reported'
          : `${count(system.calls.read, 'read')}, ${count(moreOf(system), 'other call')}, ${count(system.calls.people, 'person', 'people')}`}
      </span>
      {system.approved === false ? (
        <VerdictMark state="fail">Not in the charter</VerdictMark>
      ) : system.wider > 0 ? (
        <VerdictMark state="fail">{count(system.wider, 'action')} wider than approved</VerdictMark>
      ) : null}
    </>
  );
}

function moreOf({ calls }: System): number {
  return calls === null ? 0 : calls.write + calls.admin + calls.unknown;
}

function flowWords({ systems, people }: Data): string {
  const called = systems.filter(({ calls }) => calls !== null);
  const outside = systems.filter(({ approved }) => approved === false);
  const wider = systems.filter(({ wider: n }) => n > 0);
  return [
    people === null
      ? `${count(systems.length, 'system')} can be reached or is approved.`
      : `${count(people.reading + people.more, 'person', 'people')} reached ${count(called.length, 'system')} through Claude; ${people.more} did more than read.`,
    outside.length === 0 ? null : `Not in the charter: ${listed(outside)}.`,
    wider.length === 0 ? null : `Set wider than approved: ${listed(wider)}.`,
  ]
    .filter((part) => part !== null)
    .join(' ');
}

function listed(systems: readonly System[]): string {
  return names(
    systems.map(({ name }) => name),
    4,
  );
}
