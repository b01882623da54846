import { useQuery } from '@tanstack/react-query';
import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Actions, Recurring } from './words.ts';

const OBSERVED_WORDS = { ...PERMISSION_WORDS, off: 'Off' } as const;

/** The actions that a task reviews: first those not observed as approved since the last time, then the rest. */
export function ActionsPart({ slug, task }: { slug: string; task: Recurring }) {
  const may = useMay('charter.read');
  const load = useQuery({
    ...api.work.actions.queryOptions({ input: { client: slug, task: task.id } }),
    enabled: may,
  });
  if (!may) return null;
  const { data } = load;
  if (data === undefined) return <LoadFailed load={load} what="The actions could not be loaded." />;
  const open = data.items.filter(({ confirmed }) => !confirmed);
  const rest = data.items.filter(({ confirmed }) => confirmed);
  return (
    <Stack as="section">
      <h3 className="heading">Actions to confirm</h3>
      {data.charter === null ? (
        <Notice mark="cannot_read">
          There is no charter, so nothing is approved yet and nothing can be confirmed. The task stays due.
        </Notice>
      ) : open.length === 0 ? (
        <p>
          {data.total === 0
            ? 'The charter approves no connectors.'
            : `All ${count(data.total, 'action')} were observed as approved${data.since === null ? '' : ` since ${dayWords(data.since)}`}.`}
        </p>
      ) : (
        <Notice mark="pending">
          {count(open.length, 'action is', 'actions are')} not confirmed
          {data.since === null ? '' : ` since ${dayWords(data.since)}`}, so the task stays due regardless of
          what is recorded.{' '}
          <AppLink href={`/c/${slug}/imports?kind=connectors`}>Import the connectors table</AppLink>
        </Notice>
      )}
      {open.length === 0 ? null : <ActionTable label="Not confirmed" rows={open} />}
      {rest.length === 0 ? null : (
        <Fold summary={`${count(rest.length, 'action is', 'actions are')} confirmed`}>
          <ActionTable label="Confirmed" rows={rest} />
        </Fold>
      )}
    </Stack>
  );
}

function ActionTable({ label, rows }: { label: string; rows: Actions['items'] }) {
  return (
    <PlainTable
      label={label}
      framed
      rows={rows}
      rowId={({ id }) => id}
      groupOf={({ connector }) => connector}
      columns={[
        { head: 'Action', cell: ({ title }) => title },
        {
          head: 'Approved',
          cell: ({ approved, was }) => (
            <>
              {PERMISSION_WORDS[approved]}
              {was === null ? null : <span className="second">Last time: {PERMISSION_WORDS[was]}</span>}
            </>
          ),
        },
        {
          head: 'Observed',
          cell: ({ observed, observedOn }) =>
            observed === null ? (
              <span className="muted">Not observed</span>
            ) : (
              <>
                {OBSERVED_WORDS[observed]}
                {observedOn === null ? null : <span className="second">{dayWords(observedOn)}</span>}
              </>
            ),
        },
      ]}
    />
  );
}
