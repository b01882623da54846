import { useQuery } from '@tanstack/react-query';
import { SURFACE_WORDS } from '../../../../src/domain/activity/words.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client as calls } from '../../api.ts';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type Conversations = Awaited<ReturnType<typeof calls.conversations.list>>;

const ASKED: Readonly<Record<Conversations['asked'], string>> = {
  read: 'Chats are as Claude lists them; other conversations are as the log has them.',
  in_part: 'Claude has more chats in this period than are listed here. Choose a shorter period.',
  not_connected:
    'Claude itself is not asked, since no key that reads user data is connected. These are the conversations that the log reports.',
  no_account: 'Claude itself is not asked, since no list of users names this account.',
  no_answer: 'Claude did not answer. These are the conversations that the log reports.',
};

interface PartProps {
  readonly slug: string;
  readonly person: string;
  /** Days in the client's zone. */
  readonly from: string;
  readonly to: string;
}

/** Conversations of one person: when, with which model and how much, never what was written. */
export function ConversationsPart({ slug, person, from, to }: PartProps) {
  const load = useQuery(
    api.conversations.list.queryOptions({ input: { client: slug, person, from, to, limit: 100 } }),
  );
  const { data } = load;
  if (data === undefined) return <LoadFailed load={load} what="The conversations could not be loaded." />;
  return (
    <Stack gap="xs">
      <p className="second">
        {ASKED[data.asked]}
        {data.logWhole ? '' : ' The log has more events than were looked at.'}
        {data.total === data.items.length
          ? ''
          : ` The newest ${data.items.length} of ${count(data.total, 'conversation')} are shown.`}
      </p>
      {data.items.length === 0 ? (
        <p className="muted">No conversation was reported in this period.</p>
      ) : (
        <PlainTable
          label="Conversations"
          figures
          rows={data.items}
          rowId={(row) => row.id}
          columns={[
            {
              head: 'Began',
              cell: (row) => (
                <>
                  <When at={row.beganAt} />
                  <span className="second">
                    {SURFACE_WORDS[row.surface]}
                    {row.deleted === true ? ', deleted' : ''}
                  </span>
                </>
              ),
            },
            {
              head: 'Last changed',
              cell: (row) => (row.lastAt === null ? <NotProvided /> : <When at={row.lastAt} />),
            },
            {
              head: 'Model',
              cell: (row) => (row.models === null ? <NotProvided /> : row.models.join(', ')),
            },
            { head: 'Requests', cell: (row) => row.requests ?? <NotProvided /> },
            { head: 'Tokens', cell: (row) => row.tokens?.toLocaleString('en-US') ?? <NotProvided /> },
          ]}
        />
      )}
    </Stack>
  );
}

function NotProvided() {
  return <span className="muted">Not provided</span>;
}
// Guide: G5.2-03
