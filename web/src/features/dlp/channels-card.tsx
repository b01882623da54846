import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { verdictWord } from '../../theme/tokens.ts';
import { Card } from '../../ui/card.tsx';
import { Fold } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Notice } from '../../ui/states.tsx';
import { GIVEN_WORDS } from '../visibility/words.ts';

type Shown = Awaited<ReturnType<typeof client.dlp.show>>;
type Channel = Shown['channels'][number];

/** The channels that the client's plans include, and which of them can see what is given to Claude. */
export function ChannelsCard({ channels, upload }: Pick<Shown, 'channels' | 'upload'>) {
  const { slug } = useClientHere();
  const mayRead = useMay('controls.read');
  const controls = useQuery({
    ...api.controls.list.queryOptions({ input: { client: slug } }),
    enabled: mayRead,
  });
  const stateOf = (id: string) => controls.data?.items.find((one) => one.id === id)?.state;
  return (
    <Card title="What can see the data given to Claude" flush>
      <div className="pad">
        <Notice mark={UPLOAD_MARKS[upload.state]}>{uploadWords(channels, upload)}</Notice>
      </div>
      <PlainTable
        label="What can see the data given to Claude"
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
          { head: 'Seen working, 90 days', cell: (channel) => <Seen {...channel} /> },
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

const UPLOAD_MARKS = {
  everywhere: 'info',
  partly: 'pending',
  not_shown: 'cannot_read',
  open: 'fail',
} as const satisfies Record<Shown['upload']['state'], string>;

/** Whether an upload to a personal account would be seen, and on how many devices. */
function uploadWords(channels: readonly Channel[], { state, managed }: Shown['upload']): string {
  const seeing = channels.filter(({ personal }) => personal === 'yes');
  const titles = (all: readonly Channel[]) => names(all.map(({ title }) => title));
  const working = seeing.filter(({ seen }) => seen !== null && seen.looks > 0);
  switch (state) {
    case 'everywhere':
      return `An upload to a personal account is detected on all ${count(managed ?? 0, 'managed device')}, but on no other device.`;
    case 'partly':
      return working.length === 0
        ? 'Someone saw an upload to a personal account detected on a device. Which devices this covers was not read.'
        : `An upload to a personal account is detected by ${titles(working)}, where the table below shows it working. ${managed === null ? 'How many devices are managed was not read.' : `There are ${count(managed, 'managed device')}.`}`;
    case 'not_shown':
      return `${titles(seeing.filter(({ licensed }) => licensed === 'yes'))} would detect an upload to a personal account, but nothing that was read shows it working. Until something does, treat this path as open.`;
    case 'open':
      return 'Open: nothing known to be in place detects an upload to a personal account. Session control and prompt checks see only the association’s own Claude.';
  }
}

const SEEN_SINGULARS = {
  devices: 'device',
  addresses: 'address',
  people: 'person',
} as const satisfies Record<NonNullable<Channel['seen']>['what'], string>;
const SEEN_PLURALS = { devices: 'devices', addresses: 'addresses', people: 'people' } as const;

/** The number of devices, addresses or people that a channel was seen on, with the list behind it. */
function Seen({ title, seen }: Channel) {
  if (seen === null) return <span className="muted">Not in what was read</span>;
  const { what, looks, managed, list } = seen;
  const total = count(seen.count, SEEN_SINGULARS[what], SEEN_PLURALS[what]);
  return (
    <>
      {list.length === 0 ? (
        total
      ) : (
        <Fold
          summary={
            <>
              {total}
              <span className="hidden-text"> of {title}</span>
            </>
          }
        >
          <ul aria-label={`${title}: seen working`}>
            {list.map((one) => (
              <li key={one.name} className="wraps">
                {one.name}, {dayWords(one.last)}
                {one.managed === false ? ', not in the list of managed devices' : ''}
              </li>
            ))}
          </ul>
        </Fold>
      )}
      <p className="muted">
        {managed === null ? '' : `${managed} of them managed. `}
        {looks === seen.count
          ? ''
          : looks === 0
            ? 'Nothing shows that it checks what goes to Claude.'
            : `For ${looks}, something shows that it checks what goes to Claude.`}
      </p>
    </>
  );
}
// Guide: G4.1-06
