import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addDays } from '../../../../src/domain/model/day.ts';
import { api } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { Bars } from '../../ui/charts/bars.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { ConversationsPart } from '../conversations/conversations-part.tsx';
import { dayLabel, type Range, short, whole } from './words.ts';

interface PersonPanelProps {
  slug: string;
  person: string;
  range: Range;
  onClose: () => void;
}

/** One person: their weeks, what they used Claude with, and which models. */
export function PersonPanel({ slug, person, range, onClose }: PersonPanelProps) {
  const load = useQuery({
    ...api.usage.person.queryOptions({ input: { client: slug, key: person, range } }),
    placeholderData: keepPreviousData,
  });
  const data = load.data;
  const mayName = useMay('people.read');
  const [first] = data?.weeks.slice(-4) ?? [];
  const last = data?.weeks.at(-1);
  return (
    <SidePanel title={data?.name ?? 'Person'} onClose={onClose}>
      {data === undefined ? (
        <LoadFailed load={load} what="This person’s use could not be loaded." />
      ) : (
        <Stack gap="lg">
          <Facts
            facts={[
              ['Counted from', data.addresses.join(', ')],
              ['First event', <When key="first" at={data.firstAt} />],
              ['Last event', <When key="last" at={data.lastAt} />],
              [
                'Own usual',
                data.usual === null ? 'Too few weeks before' : `${whole(data.usual)} messages a week`,
              ],
              ['Last week', data.unusual === null ? 'Not known' : data.unusual ? 'Above usual' : 'As usual'],
            ]}
          />
          <Bars
            summary={`Messages of ${data.name} by week`}
            unit="Messages"
            heading="Week from"
            bars={data.weeks.map(({ start, messages }) => ({
              key: start,
              label: dayLabel(start),
              value: messages,
            }))}
          />
          {data.connectors.length === 0 ? (
            <p className="muted">No call was reported in this period.</p>
          ) : (
            <PlainTable
              label="Connectors"
              figures
              rows={data.connectors}
              rowId={(row) => row.name}
              columns={[
                { head: 'Connector', cell: (row) => row.name },
                { head: 'Read', cell: (row) => whole(row.effects.read) },
                { head: 'Write', cell: (row) => whole(row.effects.write) },
                { head: 'Administration', cell: (row) => whole(row.effects.admin) },
                { head: 'Not classified', cell: (row) => whole(row.effects.unknown) },
                { head: 'Failed or refused', cell: (row) => whole(row.failed + row.refused) },
              ]}
            />
          )}
          {data.models.length === 0 ? null : (
            <PlainTable
              label="Models"
              figures
              rows={data.models}
              rowId={(row) => row.model}
              columns={[
                { head: 'Model', cell: (row) => row.model },
                { head: 'Events', cell: (row) => whole(row.events) },
                {
                  head: 'Tokens in',
                  cell: (row) => (row.inputTokens === null ? 'Not stated' : short(row.inputTokens.sum)),
                },
                {
                  head: 'Tokens out',
                  cell: (row) => (row.outputTokens === null ? 'Not stated' : short(row.outputTokens.sum)),
                },
              ]}
            />
          )}
          {!mayName || first === undefined || last === undefined ? null : (
            <ConversationsPart slug={slug} person={data.key} from={first.start} to={addDays(last.start, 6)} />
          )}
          <LinkButton href={`/c/${slug}/activity?person=${encodeURIComponent(data.key)}`}>
            Their activity
          </LinkButton>
        </Stack>
      )}
    </SidePanel>
  );
}
