import { client } from '../../api.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import classes from './account.module.css';
import { browserWords, methodWords } from './words.ts';

type Session = Awaited<ReturnType<typeof client.account.sessions>>['items'][number];

/** The person's sessions, with a way to end those that are not theirs. */
export function SessionsCard({
  sessions,
  onChanged,
}: {
  sessions: readonly Session[];
  onChanged: () => void;
}) {
  const act = (work: Promise<unknown>) =>
    work.then(onChanged, (error: unknown) => toast({ kind: 'failed', text: explainError(error).text }));
  return (
    <Card
      title="Where you are signed in"
      flush
      {...(sessions.length > 1
        ? {
            aside: (
              <ActButton size="xs" act={() => act(client.account.endOtherSessions({}))}>
                Sign out everywhere else
              </ActButton>
            ),
          }
        : {})}
      foot="A session ends after 12 hours without use, and 14 days after sign-in at the latest."
    >
      <ul>
        {sessions.map((session) => (
          <li key={session.id} className={classes.item}>
            <span>
              <strong>{browserWords(session.userAgent)}</strong>
              {session.current ? ' · this browser' : null}
              <span className="muted line">
                {session.ip} · signed in with {methodWords(session.method)}{' '}
                <When at={session.createdAt} inline /> · last used <When at={session.lastSeenAt} inline />
              </span>
            </span>
            {session.current ? null : (
              <ActButton
                size="xs"
                aria-label={`Sign out ${browserWords(session.userAgent)} at ${session.ip}`}
                act={() => act(client.account.endSession({ session: session.id }))}
              >
                Sign out
              </ActButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
