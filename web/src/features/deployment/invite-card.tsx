import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Stack } from '../../ui/layout.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Task } from './words.ts';

/** Whose invitation is still to be sent. Bylaw sends none; the list is made to be pasted into Claude. */
export function InviteCard({
  slug,
  invite,
  locked,
}: {
  slug: string;
  invite: NonNullable<Task['invite']>;
  locked: boolean;
}) {
  const { addresses, withoutAddress, why, rosterOn, membersOn } = invite;
  const read = [
    rosterOn === null ? null : `Roster of ${dayWords(rosterOn)}`,
    membersOn === null ? null : `members of ${dayWords(membersOn)}`,
  ].filter((part) => part !== null);
  return (
    <Card title="Who is to be invited" aside={read.join(', ')}>
      <Stack>
        {addresses === null ? (
          <p>
            Not known yet. {why} <AppLink href={`/c/${slug}/imports`}>Import files</AppLink>
          </p>
        ) : addresses.length === 0 ? (
          <p>Everyone on the roster whose address is known holds a seat.</p>
        ) : (
          <>
            <p>
              {locked ? 'Once the task opens: ' : ''}
              {count(addresses.length, 'address', 'addresses')} on the roster{' '}
              {addresses.length === 1 ? 'holds' : 'hold'} no seat. Paste them into Claude under Organization
              settings › Members. Bylaw does not send invitations itself.
            </p>
            <CopyText
              label={`${count(addresses.length, 'address', 'addresses')} to invite`}
              text={addresses.join('\n')}
              mono
            />
          </>
        )}
        {withoutAddress.length === 0 ? null : (
          <p>The roster has no address on our domains for {withoutAddress.join(', ')}.</p>
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
