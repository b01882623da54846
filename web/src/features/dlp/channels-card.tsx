import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { verdictWord } from '../../theme/tokens.ts';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Notice } from '../../ui/states.tsx';
import { GIVEN_WORDS } from '../visibility/words.ts';

type Channel = Awaited<ReturnType<typeof client.dlp.show>>['channels'][number];

/** Which channels the client's plans include, and which of them see what is given to Claude. */
export function ChannelsCard({ channels }: { channels: readonly Channel[] }) {
  const { slug } = useClientHere();
  const mayRead = useMay('controls.read');
  const controls = useQuery({
    ...api.controls.list.queryOptions({ input: { client: slug } }),
    enabled: mayRead,
  });
  const stateOf = (id: string) => controls.data?.items.find((one) => one.id === id)?.state;
  const sees = channels.filter(({ licensed, personal }) => licensed === 'yes' && personal === 'yes');
  return (
    <Card title="What sees what is given to Claude" flush>
      <div className="pad">
        {sees.length === 0 ? (
          <Notice mark="fail">
            Nothing that is known to be licensed sees an upload to a personal account. Session control and the
            check of prompts see the association’s own Claude only.
          </Notice>
        ) : (
          <p className="measure">
            An upload to a personal account is seen by {sees.map(({ title }) => title).join(' and ')}, where
            it is set up.
          </p>
        )}
      </div>
      <PlainTable
        label="What sees what is given to Claude"
        rows={channels}
        rowId={({ id }) => id}
        columns={[
          { head: 'Channel', cell: ({ title, says }) => <Named title={title} says={says} /> },
          {
            head: 'Licensed',
            cell: ({ licensed, words }) => `${GIVEN_WORDS[licensed]}. ${words}`,
          },
          { head: 'Our Claude', cell: ({ own }) => GIVEN_WORDS[own] },
          { head: 'Personal account', cell: ({ personal }) => GIVEN_WORDS[personal] },
          { head: 'Can refuse', cell: ({ stops }) => GIVEN_WORDS[stops] },
          {
            head: 'Set up',
            cell: ({ control }) => {
              if (control === null) return 'Not checked';
              const state = stateOf(control);
              return (
                <Link to="/c/$client/controls/$control" params={{ client: slug, control }}>
                  {state === undefined || state === null ? control : verdictWord(state)}
                </Link>
              );
            },
          },
        ]}
      />
    </Card>
  );
}

function Named({ title, says }: { title: string; says: string }) {
  return (
    <>
      <strong>{title}</strong>
      <p className="muted">{says}</p>
    </>
  );
}
