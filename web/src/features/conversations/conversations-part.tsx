import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { SURFACE_WORDS } from '../../../../src/domain/activity/words.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { client as calls } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { When } from '../../ui/when.tsx';

type Conversations = Awaited<ReturnType<typeof calls.conversations.look>>;

const ASKED: Readonly<Record<Conversations['asked'], string>> = {
  read: 'Chats are shown as Claude lists them; other conversations are shown as recorded in the log.',
  in_part: 'Claude has more chats in this period than are listed here. Choose a shorter period.',
  not_connected:
    'Claude itself was not asked, because no key that reads user data is connected. These are the conversations recorded in the log.',
  no_account: 'Claude itself was not asked, because no list of users includes this account.',
  no_answer: 'Claude did not answer. These are the conversations recorded in the log.',
};

/** The newest conversations shown of a long list; the command line returns all. */
const SHOWN = 100;

interface PartProps {
  readonly slug: string;
  readonly person: string;
  /** Days in the client's time zone. */
  readonly from: string;
  readonly to: string;
}

/** Conversations of one person, after the viewer gave a reason: when, which model and how much, never the content. */
export function ConversationsPart({ slug, person, from, to }: PartProps) {
  const [asking, setAsking] = useState(false);
  // Kept only in this panel: looking again is recorded again.
  const [found, setFound] = useState<Conversations | null>(null);
  const fields = useFields(
    { reason: '' },
    { reason: needed('Say why. The reason is recorded in the audit log.') },
  );
  if (found !== null) return <Found data={found} />;
  return (
    <div>
      <Button size="xs" onClick={() => setAsking(true)}>
        List the conversations of the last four weeks…
      </Button>
      {asking ? (
        <FormDialog
          opened
          onClose={() => setAsking(false)}
          title="List this person’s conversations"
          submit="List them, on record"
          onSubmit={async () => {
            if (!fields.check()) return false;
            const reason = fields.values.reason.trim();
            setFound(await calls.conversations.look({ client: slug, person, from, to, reason }));
            return true;
          }}
        >
          <p>
            Time, model, requests and tokens for each, but never what was written. The audit log records who
            looked at whose conversations and why.
          </p>
          <Textarea label="Why" autosize minRows={2} {...fields.text('reason')} />
        </FormDialog>
      ) : null}
    </div>
  );
}

function Found({ data }: { readonly data: Conversations }) {
  return (
    <Stack gap="xs">
      <p className="second">
        {ASKED[data.asked]}
        {data.unread === 0
          ? ''
          : ` ${count(data.unread, 'entry', 'entries')} of Claude’s list could not be read and ${data.unread === 1 ? 'is' : 'are'} missing here.`}
        {data.logWhole ? '' : ' The log has more events than were searched.'}
        {data.total <= SHOWN ? '' : ` The newest ${SHOWN} of ${count(data.total, 'conversation')} are shown.`}
      </p>
      {data.items.length === 0 ? (
        <p className="muted">No conversation was reported in this period.</p>
      ) : (
        <PlainTable
          label="Conversations"
          figures
          rows={data.items.slice(0, SHOWN)}
          rowId={(row) => row.id}
          columns={[
            {
              head: 'Began',
              cell: (row) => (
                <>
                  {row.beganAt === null ? (
                    <span className="muted">No readable date</span>
                  ) : (
                    <When at={row.beganAt} />
                  )}
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
