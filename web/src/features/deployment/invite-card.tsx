import { useQuery } from '@tanstack/react-query';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client as calls } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { PlannedChange } from '../changes/planned-change.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Task } from './words.ts';

/** Who still has to be invited, the state of each invitation, and the planned change by which Bylaw can send them. */
export function InviteCard({
  slug,
  invite,
  locked,
}: {
  slug: string;
  invite: NonNullable<Task['invite']>;
  locked: boolean;
}) {
  const mayPlan = useMay('charter.read');
  const { addresses, withoutAddress, why, rosterOn, membersOn } = invite;
  const read = [
    rosterOn === null ? null : `Roster of ${dayWords(rosterOn)}`,
    membersOn === null ? null : `members of ${dayWords(membersOn)}`,
  ].filter((part) => part !== null);
  return (
    <Card title="Who should be invited" aside={read.join(', ')}>
      <Stack>
        {addresses === null ? (
          <p>
            Not known yet. {why} <AppLink href={`/c/${slug}/imports`}>Import files</AppLink>
          </p>
        ) : addresses.length === 0 ? (
          <p>Everyone on the roster with a known address holds a seat.</p>
        ) : (
          <>
            <p>
              {locked ? 'Once the task opens: ' : ''}
              {count(addresses.length, 'address', 'addresses')} on the roster{' '}
              {addresses.length === 1 ? 'holds' : 'hold'} no seat. Paste their addresses into Claude under
              Organization settings &gt; Members, or, on Enterprise, have Bylaw send the invitations.
            </p>
            <CopyText
              label={`${count(addresses.length, 'address', 'addresses')} to invite`}
              text={addresses.join('\n')}
              mono
            />
          </>
        )}
        {locked || addresses === null || addresses.length === 0 || !mayPlan ? null : (
          <PlannedChange slug={slug} target="claude_invitations" subject="staff" act="Plan to invite">
            <p>
              Everyone on the list is invited with the role User, and only at addresses on your domains.
              Someone else approves the list. If Bylaw may change members, it sends the invitations; otherwise
              someone sends them in Claude and records that here. A later members file will show them.
            </p>
          </PlannedChange>
        )}
        <Invitations slug={slug} />
        {withoutAddress.length === 0 ? null : (
          <p>The roster has no address on your domains for {withoutAddress.join(', ')}.</p>
        )}
        {addresses === null || why === null ? null : (
          <p>
            {why} <AppLink href={`/c/${slug}/people?tab=to_confirm`}>Open the people</AppLink>
          </p>
        )}
      </Stack>
    </Card>
  );
}

const STATE_WORDS = {
  to_invite: 'To be invited',
  invited: 'Invited',
  accepted: 'Accepted',
  expired: 'Expired',
  withdrawn: 'Withdrawn or declined',
  ended: 'Gone: expired or withdrawn',
} as const;

type Invitation = Awaited<ReturnType<typeof calls.deployment.invitations>>['items'][number];

/** When a pending invitation ends, or an expired one ended; '' for other states, where it no longer matters. */
function endWords({ state, expiresOn }: Invitation): string {
  if (state !== 'invited' && state !== 'expired') return '';
  if (expiresOn === null) return ' The end date is not reported.';
  return ` ${state === 'expired' ? 'Ended' : 'Ends'} ${dayWords(expiresOn)}.`;
}

/** Every invitation that any list of members contained. */
function Invitations({ slug }: { slug: string }) {
  const load = useQuery(api.deployment.invitations.queryOptions({ input: { client: slug } }));
  const sent = load.data?.items.filter(({ state }) => state !== 'to_invite') ?? [];
  return (
    <>
      <LoadFailed load={load} what="The invitations could not be loaded." />
      {sent.length === 0 ? null : (
        <Fold summary={`${count(sent.length, 'invitation')} so far`}>
          <Stack as="ul" gap="xs" divided>
            {sent.map((one) => (
              <li key={one.address}>
                {one.address}: {STATE_WORDS[one.state]}
                <span className="second">
                  {one.invitedOn === null ? '' : ` Invited ${dayWords(one.invitedOn)}.`}
                  {endWords(one)}
                </span>
              </li>
            ))}
          </Stack>
        </Fold>
      )}
    </>
  );
}
// Guide: G2.2-09
