import type { ClientName } from '#store/access/clients.ts';
import type { Invitation } from '#store/access/invitations.ts';
import type { Services } from '../../context.ts';
import { grantWords } from '../views.ts';

interface Letter {
  readonly invitation: Invitation;
  readonly link: string;
  readonly names: ReadonlyMap<string, ClientName>;
  readonly workspace: string | null;
  /** Name of who invites. */
  readonly from: string;
}

/** Sends the link where mail is set up. That it cannot be sent is told, not thrown: the link is there to be copied. */
export async function sendInvitation(
  { mail, log }: Pick<Services, 'mail' | 'log'>,
  { invitation, link, names, workspace, from }: Letter,
): Promise<'sent' | 'not_set_up' | 'failed'> {
  try {
    if (!(await mail.configured())) return 'not_set_up';
    const where = workspace ?? 'Bylaw';
    await mail.send({
      to: invitation.email,
      subject: `${from} invites you to ${where}`,
      text: [
        `${invitation.name},`,
        '',
        `${from} invites you to ${where}:`,
        ...toWords(invitation, names).map((line) => `- ${line}`),
        '',
        'Open this link to accept. It works once and until',
        `${invitation.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC:`,
        link,
        '',
        'If you did not expect this, do nothing; nobody gets in without the link.',
      ].join('\n'),
    });
    return 'sent';
  } catch (error) {
    log.warn({ err: error, invitation: invitation.id }, 'an invitation could not be mailed');
    return 'failed';
  }
}

/** What an invitation gives, a line each. */
export function toWords({ grants }: Invitation, names: ReadonlyMap<string, ClientName>): string[] {
  return grants.map((grant) =>
    grantWords(grant, grant.client === null ? null : (names.get(grant.client) ?? null)),
  );
}
