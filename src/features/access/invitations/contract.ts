import { z } from 'zod';
import { instant, listOf, operationsOf } from '../../operation.ts';
import {
  forWhich,
  grantFields,
  idParam,
  invitation,
  invited,
  mailField,
  nameField,
} from '../../shared/access-parts.ts';

const manage = operationsOf({ feature: 'Access', scope: 'workspace', permission: 'users.manage' });
const secret = z.string().min(1).max(200).describe('Last part of the link');

const operations = operationsOf({ feature: 'Access', scope: 'self', cli: null });

export const invitationsContract = {
  ...manage.listed('/invitations', {
    title: 'List invitations',
    exportTitle: 'Export the invitations',
    cli: 'invitations list',
    mcp: true,
    list: { key: 'id' },
    filters: {},
    output: listOf(invitation),
  }),
  create: manage
    .post('/invitations', {
      title: 'Invite a person',
      description:
        'No one can give more than they have. The link is emailed to the address, is valid for seven days and works once.',
      audit: 'invitations.create',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(
      z.object({
        email: mailField,
        name: nameField,
        grants: z
          .array(z.object({ forClient: forWhich, ...grantFields }))
          .min(1)
          .max(50),
      }),
    )
    .output(invited),
  resend: manage
    .post('/invitations/{invitation}/resend', {
      title: 'Make a new link for an invitation',
      description: 'The previous link stops working.',
      audit: 'invitations.resend',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(z.object({ invitation: idParam }))
    .output(invited),
  revoke: manage
    .del('/invitations/{invitation}', {
      title: 'Revoke an invitation',
      audit: 'invitations.revoke',
      cli: 'invitations revoke',
      proof: 'none',
    })
    .input(z.object({ invitation: idParam }))
    .output(z.object({ revoked: z.literal(true) })),
  preview: operations
    .post('/invitations/preview', {
      title: 'Show what an invitation is for',
      permission: 'public',
      audit: null,
      why: 'Changes nothing; the link travels in the body so that it is in no log. Belongs to the page that it opens.',
    })
    .input(z.object({ token: secret }))
    .output(
      z.object({
        email: z.string(),
        name: z.string(),
        invitedBy: z.string(),
        workspace: z.string().nullable().describe('Name of this installation’s workspace; null: it has none'),
        to: z.array(z.string()).describe('Roles and the clients they are for, in words'),
        expiresAt: instant,
      }),
    ),
  accept: operations
    .post('/invitations/accept', {
      title: 'Accept an invitation with a new account',
      permission: 'public',
      audit: 'invitations.accept',
      why: 'A person accepts in the browser, where the password is typed.',
      proof: 'none',
    })
    .input(z.object({ token: secret, name: nameField, password: z.string().min(1).max(1000) }))
    .output(z.object({ email: z.string() })),
  acceptSignedIn: operations
    .post('/invitations/accept-signed-in', {
      title: 'Accept an invitation with the account that is signed in',
      permission: 'signed_in',
      audit: 'invitations.accept',
      why: 'A person accepts in the browser.',
      proof: 'none',
    })
    .input(z.object({ token: secret }))
    .output(z.object({ email: z.string() })),
};
