import { count } from '../../../../src/domain/text/words.ts';
import { Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { Part } from './part.tsx';
import { type Tenant, vendorWords } from './words.ts';

type Sessions = Tenant['sessions'];

/** What Defender for Cloud Apps recorded about Claude: the newest record, whose sessions it sees, what it blocked. */
export function SessionsCard({ sessions }: { sessions: Sessions }) {
  const { read, total, last, list, blocks, people } = sessions;
  return (
    <Part
      title="Claude in Defender for Cloud Apps"
      read={read}
      aside={count(total, 'event')}
      foot="Session control covers people who sign in through Entra in a browser. Personal accounts, desktop and mobile apps and Claude Code bypass it."
    >
      <Stack gap="md">
        <p>
          {last === null ? (
            'No Claude events were read.'
          ) : (
            <>
              Last event <When at={last} inline />.
            </>
          )}
        </p>
        <Blocks blocks={blocks} />
        {people === null ? (
          <VerdictMark state="cannot_read">
            It is not known whose sign-ins are routed: sign-ins were not read, or the charter names no sign-in
            application.
          </VerdictMark>
        ) : people.length === 0 ? (
          <p>No one signed in to Claude in a browser in the last 30 days, so none could be routed.</p>
        ) : (
          <Fold
            summary="Sign-ins to Claude"
            beside={`${people.filter(({ routed }) => routed === true).length} of ${count(people.length, 'person', 'people')} routed`}
          >
            <Lines label="Sign-ins to Claude" head="60%">
              {people.map((one) => (
                <Line key={one.who} head={<p className="wraps">{one.who}</p>}>
                  <VerdictMark state={one.routed === null ? 'cannot_read' : one.routed ? 'pass' : 'fail'}>
                    {one.routed === null ? 'Cannot tell' : one.routed ? 'Routed' : 'Not routed'}
                  </VerdictMark>
                  <p className="muted">
                    Signed in <When at={one.signIn} inline />
                  </p>
                </Line>
              ))}
            </Lines>
          </Fold>
        )}
        {list.length === 0 ? null : (
          <Fold summary="Events" beside={total > list.length ? `The newest ${list.length}` : undefined}>
            <Lines label="Claude events" head="60%">
              {list.map((one) => (
                <Line
                  key={`${one.at} ${one.action} ${one.person ?? ''}`}
                  head={
                    <>
                      <p className="wraps">
                        {vendorWords(one.action)}
                        {one.app === null ? '' : `, ${one.app}`}
                      </p>
                      <p className="muted wraps">
                        {[one.person ?? 'Person not reported', one.device, one.address]
                          .filter((part) => part !== null)
                          .join(', ')}
                      </p>
                    </>
                  }
                >
                  <p>
                    {one.connector
                      ? 'By the connector'
                      : one.blocked
                        ? 'Blocked'
                        : one.routed
                          ? 'In a routed session'
                          : 'Not in a routed session'}
                  </p>
                  <p className="muted">
                    <When at={one.at} inline />
                  </p>
                </Line>
              ))}
            </Lines>
          </Fold>
        )}
      </Stack>
    </Part>
  );
}

function Blocks({ blocks }: { blocks: Sessions['blocks'] }) {
  if (blocks.length === 0)
    return (
      <p>
        No blocked upload was recorded. That does not show that nothing was attempted, or that an attempt
        would be blocked.
      </p>
    );
  return (
    <Lines label="Blocked uploads" head="60%">
      {blocks.map((one) => (
        <Line
          key={`${one.at} ${one.person ?? ''}`}
          head={
            <>
              <p>{vendorWords(one.action)}</p>
              <p className="muted wraps">
                {one.person ?? 'Person not reported'}, <When at={one.at} inline />
              </p>
            </>
          }
        >
          {one.alert === null ? (
            <VerdictMark state="fail">No alert within a day</VerdictMark>
          ) : (
            <>
              <VerdictMark state="pass">
                {one.alert.link?.startsWith('https://') ? (
                  <a href={one.alert.link} target="_blank" rel="noreferrer">
                    {one.alert.title}
                  </a>
                ) : (
                  one.alert.title
                )}
              </VerdictMark>
              <p className="muted">
                {one.alert.assignedTo === null ? 'Assigned to no one' : `Assigned to ${one.alert.assignedTo}`}
              </p>
            </>
          )}
        </Line>
      ))}
    </Lines>
  );
}
// Guide: G5.4-00 G5.4-01 G5.4-03 G6.4-01 G6.4-09
