import { z } from 'zod';
import { instant, listOf, operation } from '../../operation.ts';
import { pageParams } from '../../paging.ts';
import {
  forWhich,
  grantFields,
  idParam,
  invitation,
  invited,
  mailField,
  nameField,
} from '../../shared/access-parts.ts';
import { downloadOperation } from '../../shared/download.ts';
import { tableFormat } from '../../shared/table-format.ts';

const manage = { feature: 'Access', scope: 'workspace', permission: 'users.manage', mcp: false } as const;
const secret = z.string().min(1).max(200).describe('Last part of the link');

export const invitationsContract = {
  list: operation({
    ...manage,
    method: 'GET',
    path: '/invitations',
    title: 'List invitations',
    audit: null,
    cli: 'invitations list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ ...pageParams() }))
    .output(listOf(invitation)),
  export: downloadOperation({
    ...manage,
    method: 'GET',
    path: '/invitations/export',
    title: 'Export the invitations',
    audit: null,
    cli: 'invitations export',
    mcp: false,
    why: 'A tool reads the list itself.',
  }).input(z.object({ format: tableFormat })),
  create: operation({
    ...manage,
    method: 'POST',
    path: '/invitations',
    title: 'Invite a person',
    description:
      'No one can give more than they have. The link is emailed to the address, is valid for seven days and works once.',
    audit: 'invitations.create',
    proof: 'in_person',
    cli: null,
    why: 'Who gets in and where mail goes is decided in the browser, with a fresh proof of who decides.',
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
  resend: operation({
    ...manage,
    method: 'POST',
    path: '/invitations/{invitation}/resend',
    title: 'Make a new link for an invitation',
    description: 'The link before stops working.',
    audit: 'invitations.resend',
    proof: 'in_person',
    cli: null,
    why: 'Who gets in and where mail goes is decided in the browser, with a fresh proof of who decides.',
  })
    .input(z.object({ invitation: idParam }))
    .output(invited),
  revoke: operation({
    ...manage,
    method: 'DELETE',
    path: '/invitations/{invitation}',
    title: 'Revoke an invitation',
    audit: 'invitations.revoke',
    cli: 'invitations revoke',
  })
    .input(z.object({ invitation: idParam }))
    .output(z.object({ revoked: z.literal(true) })),
  preview: operation({
    method: 'POST',
    path: '/invitations/preview',
    title: 'Show what an invitation is for',
    feature: 'Access',
    scope: 'self',
    permission: 'public',
    audit: null,
    cli: null,
    mcp: false,
    why: 'Changes nothing; the link travels in the body so that it stands in no log. Belongs to the page that it opens.',
  })
    .input(z.object({ token: secret }))
    .output(
      z.object({
        email: z.string(),
        name: z.string(),
        invitedBy: z.string(),
        workspace: z.string().nullable(),
        to: z.array(z.string()).describe('Roles and places in words'),
        expiresAt: instant,
      }),
    ),
  accept: operation({
    method: 'POST',
    path: '/invitations/accept',
    title: 'Accept an invitation with a new account',
    feature: 'Access',
    scope: 'self',
    permission: 'public',
    audit: 'invitations.accept',
    cli: null,
    mcp: false,
    why: 'A person accepts in the browser, where the password is typed.',
  })
    .input(z.object({ token: secret, name: nameField, password: z.string().min(1).max(1000) }))
    .output(z.object({ email: z.string() })),
  acceptSignedIn: operation({
    method: 'POST',
    path: '/invitations/accept-signed-in',
    title: 'Accept an invitation with the account that is signed in',
    feature: 'Access',
    scope: 'self',
    permission: 'signed_in',
    audit: 'invitations.accept',
    cli: null,
    mcp: false,
    why: 'A person accepts in the browser.',
  })
    .input(z.object({ token: secret }))
    .output(z.object({ email: z.string() })),
};
