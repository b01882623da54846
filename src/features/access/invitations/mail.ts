import { type Grant, ROLE_WORDS } from '#domain/access/permissions.ts';
import { momentWords } from '#domain/text/moments.ts';
import { zoneWords } from '#domain/text/words.ts';
import type { ClientName } from '#store/access/clients.ts';
import type { Invitation } from '#store/access/invitations.ts';
import type { Services } from '../../context.ts';
import { commonZone } from '../../mail/index.ts';
import { grantWords } from '../views.ts';

interface InvitationMail {
  readonly invitation: Invitation;
  readonly link: string;
  /** Address of the inviter. */
  readonly from: string;
}

/**
 * Sends the link to the address. The mail contains no typed text, and no name of a person, client or workspace, so
 * that an invitation cannot deliver anyone's words to an arbitrary address.
 */
export async function sendInvitation(
  { mail, log, config, store }: Pick<Services, 'mail' | 'log' | 'config' | 'store'>,
  { invitation, link, from }: InvitationMail,
): Promise<'sent' | 'failed'> {
  try {
    const zone = await store.read('system', (tx) => commonZone(tx, (id) => reaches(invitation, id)));
    await mail.send({
      to: invitation.email,
      subject: 'You are invited to Bylaw',
      text: [
        'Hello,',
        '',
        `${from} has invited you to Bylaw at ${config.origin}:`,
        ...invitation.grants.map((grant) => `- ${roleLine(grant)}`),
        '',
        `Open this link to accept. It works once, until ${momentWords(invitation.expiresAt, zone ?? 'UTC')} (${zoneWords(zone ?? 'UTC')}):`,
        link,
        '',
        'Only this email contains the link. Do not forward it: anyone who opens it can act as you there.',
        'If you did not expect this, do nothing; no one can get in without the link.',
      ].join('\n'),
    });
    return 'sent';
  } catch (error) {
    log.warn({ err: error, invitation: invitation.id }, 'an invitation could not be mailed');
    return 'failed';
  }
}

/** Whether an invitation is for a client: in its time zone the person reads times. */
function reaches({ grants }: Invitation, id: string): boolean {
  return grants.some(({ client, effect }) => effect === 'allow' && (client === null || client === id));
}

function roleLine({ role, effect, client }: Grant): string {
  const where = client === null ? 'for all clients' : 'for one client';
  if (effect === 'deny') return `with less than the role gives, ${where}`;
  return `${role === null ? 'a role' : ROLE_WORDS[role].name} ${where}`;
}

/** The invitation's grants, one per line. */
export function toWords({ grants }: Invitation, names: ReadonlyMap<string, ClientName>): string[] {
  return grants.map((grant) =>
    grantWords(grant, grant.client === null ? null : (names.get(grant.client) ?? null)),
  );
}
