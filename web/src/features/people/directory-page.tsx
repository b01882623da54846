import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';

type Directory = Awaited<ReturnType<typeof client.people.directory>>;
type Status = Directory['items'][number]['is'];

const STATUS: Readonly<Record<Status, { state: 'fail' | 'cannot_read'; words: string }>> = {
  disabled: { state: 'fail', words: 'Account closed in the directory' },
  absent: { state: 'fail', words: 'Not in the directory' },
  not_told: { state: 'cannot_read', words: 'Open or closed: not reported' },
};

const MODE_WORDS: Readonly<Record<string, string>> = {
  login_only: 'By invitation',
  jit_permissive: 'On first sign-in',
  jit_advanced: 'On first sign-in, by groups',
  scim_permissive: 'By directory sync',
  scim_advanced: 'By directory sync, with groups',
};

const EVENT_WORDS: Readonly<Record<string, string>> = {
  scim_user_created: 'Added',
  scim_user_updated: 'Changed',
  scim_user_deleted: 'Removed',
};

/**
 * People with a seat compared with accounts in the directory, and whether removing the account also removes the seat.
 */
export function DirectoryPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.people.directory.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Directory>
      title="Directory and members"
      permission="people.read"
      load={load}
      meta={metaOf}
      actions={<LinkButton href={`/c/${slug}/people`}>All people</LinkButton>}
      main={(data) => (
        <>
          <Sync data={data} slug={slug} />
          <Compared data={data} slug={slug} />
        </>
      )}
    />
  );
}

function metaOf({ members, directory }: Directory): string {
  const on = (what: string, day: string | null) =>
    `${what} ${day === null ? 'not read' : `of ${dayWords(day)}`}`;
  return `${on('Members file', members.on)}; ${on('directory', directory.on)}.`;
}

function Sync({ data: { sync, settings, activity }, slug }: { data: Directory; slug: string }) {
  return (
    <Card title="What happens when someone leaves">
      {sync.given === 'yes' ? null : (
        <Notice mark={sync.given === 'no' ? 'info' : 'cannot_read'}>
          {sync.because} Until it is set up, removing someone from the directory does not remove their seat:
          offboard each person who leaves manually under{' '}
          <Link to="/c/$client/people/leavers" params={{ client: slug }} search={{}}>
            People who leave
          </Link>
          .
        </Notice>
      )}
      {sync.given === 'no' ? null : (
        <Facts
          facts={[
            [
              'Directory sync',
              settings?.sync == null ? (
                <span key="sync" className="muted">
                  Not read
                </span>
              ) : settings.sync ? (
                'On'
              ) : (
                'Off'
              ),
            ],
            [
              'How people get in',
              settings?.mode == null ? (
                <span key="mode" className="muted">
                  Not read
                </span>
              ) : (
                (ownValue(MODE_WORDS, settings.mode) ?? settings.mode)
              ),
            ],
            [
              'In 30 days',
              activity.length === 0 ? (
                <span key="events" className="muted">
                  No event of directory sync in the log
                </span>
              ) : (
                activity.map(({ type, count: many, last }) => (
                  <span key={type} className="line">
                    {ownValue(EVENT_WORDS, type) ?? type}: {count(many, 'person', 'people')}, last{' '}
                    <When at={last} inline />
                  </span>
                ))
              ),
            ],
          ]}
        />
      )}
    </Card>
  );
}

function Compared({ data, slug }: { data: Directory; slug: string }) {
  const missing = [data.members, data.directory].filter(({ why }) => why !== null);
  if (data.matched === null)
    return missing.map(({ why, howToGet }) => (
      <Notice
        key={why}
        mark="cannot_read"
        action={<LinkButton href={`/c/${slug}/imports`}>Import</LinkButton>}
      >
        {why} {howToGet} Until then, the two are not compared, and no one is cleared.
      </Notice>
    ));
  return (
    <Card
      title="Members who have no open account in the directory"
      aside={`${data.items.length} of ${count(data.items.length + data.matched, 'member')}`}
      flush={data.items.length > 0}
      foot={
        data.withoutSeat === null
          ? undefined
          : `${count(data.withoutSeat, 'open account', 'open accounts')} of the directory ${data.withoutSeat === 1 ? 'holds' : 'hold'} no seat.`
      }
    >
      {data.items.length === 0 ? (
        <p>Every member has an open account in the directory.</p>
      ) : (
        <PlainTable
          label="Members without an open account in the directory"
          rows={data.items}
          rowId={({ key }) => key}
          columns={[
            {
              head: 'Member',
              cell: ({ name, address }) => <RowTitle detail={address ?? undefined}>{name}</RowTitle>,
            },
            {
              head: 'In the directory',
              cell: ({ is }) => <VerdictMark state={STATUS[is].state}>{STATUS[is].words}</VerdictMark>,
            },
            {
              head: 'Next step',
              cell: ({ address }) =>
                address === null ? null : (
                  <Link
                    to="/c/$client/people"
                    params={{ client: slug }}
                    search={{ tab: 'everyone', search: address }}
                  >
                    Look at the person
                  </Link>
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}
