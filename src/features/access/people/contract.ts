import { z } from 'zod';
import { clientParam, instant, listOf, operationsOf } from '../../operation.ts';
import { pageParams } from '../../paging.ts';
import {
  explained,
  forClient,
  grant,
  grantFields,
  idParam,
  invitation,
  invited,
  mailField,
  nameField,
  person,
  place,
  reasonField,
  requiredReason,
} from '../../shared/access-parts.ts';
import { tableFormat } from '../../shared/table-format.ts';

const feature = 'Access';

export const user = person.extend({
  grants: z.array(grant),
  secondFactor: z
    .boolean()
    .nullable()
    .describe('null: signs in with a provider, which decides whether to ask for one'),
  signsInWith: z.array(z.enum(['password', 'authenticator', 'passkey', 'provider'])),
  lastSeen: instant.nullable().describe('null: never'),
  disabled: instant.nullable().describe('When the person’s access was disabled; null: it is enabled'),
  createdAt: instant,
  self: z.boolean().describe('Whether this is the signed-in person'),
  proven: z
    .enum(['mail', 'provider', 'machine', 'owner', 'earlier'])
    .nullable()
    .describe(
      'How it was proven that the account belongs to the person: their mailbox, a sign-in provider, the server’s terminal, or an Owner; earlier: the account is older than this check. null: not proven, so their approvals do not count',
    ),
});

const manage = operationsOf({ feature, scope: 'workspace', permission: 'users.manage' });
const userParam = { user: idParam.describe('Id of the person') };

const operations = operationsOf({ feature, scope: 'workspace', permission: 'users.read' });

export const usersContract = {
  ...operations.listed('/users', {
    title: 'List the people who can sign in',
    exportTitle: 'Export the people who can sign in',
    cli: 'users list',
    mcp: true,
    list: { key: 'id' },
    filters: {},
    output: listOf(user),
  }),
  get: operations
    .get('/users/{user}', {
      title: 'Show one person who can sign in',
      cli: 'users show',
      noPage: 'The page of people has all of it in its list.',
      mcp: true,
      boundedBy: 'the roles of one person',
    })
    .input(z.object(userParam))
    .output(user),
  may: operations
    .get('/users/{user}/permissions', {
      title: 'Show what a person may do, and why',
      description: 'For one client, or for the workspace if none is named.',
      cli: 'users may',
      mcp: true,
      boundedBy: 'one line for each permission that exists',
    })
    .input(z.object({ ...userParam, forClient: z.string().min(1).max(80).optional() }))
    .output(listOf(explained)),
  disable: manage
    .post('/users/{user}/disable', {
      title: 'Disable a person',
      description:
        'Ends their sessions, tokens and upload links. The answer lists their report links and staff pages, which `endLinks` ends as well. What they did stays on record.',
      audit: 'users.disable',
      cli: 'users disable',
      proof: 'none',
    })
    .input(
      z.object({
        ...userParam,
        reason: reasonField,
        endLinks: z.boolean().optional().describe('Also ends their report links and staff pages'),
      }),
    )
    .output(
      user.extend({
        links: z
          .array(
            z.object({
              kind: z.enum(['upload', 'report', 'staff_page']),
              client: place,
              label: z.string().describe('Whom the link was created for; empty: everyone'),
              ended: z.boolean().describe('Whether it ended now; false: it still works'),
            }),
          )
          .describe('Links that they created and that still worked'),
      }),
    ),
  enable: manage
    .post('/users/{user}/enable', {
      title: 'Enable a disabled person',
      audit: 'users.enable',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(z.object({ ...userParam, reason: reasonField }))
    .output(user),
  confirm: manage
    .post('/users/{user}/confirm', {
      title: 'Confirm that an account belongs to its person',
      description:
        'Where email is not set up and no provider vouches. Approvals of the person count from then on, but never for what you had a hand in.',
      audit: 'users.confirm',
      proof: 'in_person',
      cli: null,
      why: 'An Owner who has seen or spoken with the person says so in the browser; a token never can.',
    })
    .input(z.object({ ...userParam, reason: requiredReason }))
    .output(user),
  removeSecondFactor: manage
    .post('/users/{user}/remove-second-factor', {
      title: 'Remove a person’s second factor',
      description:
        'For a lost device: the authenticator, recovery codes and passkeys are removed, and every session ends.',
      audit: 'users.remove_second_factor',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(z.object({ ...userParam, reason: requiredReason }))
    .output(user),
};

export const grantsContract = {
  give: manage
    .post('/users/{user}/grants', {
      title: 'Give a person a role, or deny them something',
      audit: 'access.grant',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(z.object({ ...userParam, forClient, ...grantFields, reason: reasonField }))
    .output(grant),
  take: manage
    .del('/users/{user}/grants/{grant}', {
      title: 'Remove a role or a denial',
      audit: 'access.take',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(z.object({ ...userParam, grant: idParam, reason: reasonField }))
    .output(z.object({ taken: z.literal(true) })),
};

export const accessHere = person.extend({
  grants: z.array(grant).describe('Roles for this client and roles for all clients'),
  disabled: z.boolean(),
  changeable: z.boolean().describe('Whether the signed-in person may change it'),
  self: z.boolean(),
});
const here = operationsOf({ feature, scope: 'client' });

export const clientAccessContract = {
  list: here
    .get('/clients/{client}/access', {
      title: 'List who has access to a client',
      permission: 'access.read',
      cli: 'access list',
      mcp: true,
      list: { key: 'id' },
    })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(accessHere)),
  export: here
    .download('/clients/{client}/access/export', {
      title: 'Export who has access to a client',
      permission: 'access.read',
      cli: 'access export',
      why: 'A tool reads the list itself.',
    })
    .input(z.object({ client: clientParam, format: tableFormat })),
  may: here
    .get('/clients/{client}/access/{user}/permissions', {
      title: 'Show what a person may do at a client, and why',
      permission: 'access.read',
      cli: 'access may',
      mcp: true,
      boundedBy: 'one line for each permission that exists',
    })
    .input(z.object({ client: clientParam, ...userParam }))
    .output(listOf(explained)),
  give: here
    .post('/clients/{client}/access/{user}/grants', {
      title: 'Give someone who has access to a client another role there, or deny them something',
      permission: 'access.grant',
      audit: 'access.grant',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(z.object({ client: clientParam, ...userParam, ...grantFields, reason: reasonField }))
    .output(grant),
  take: here
    .del('/clients/{client}/access/{user}/grants/{grant}', {
      title: 'Remove a role or a denial at a client',
      permission: 'access.grant',
      audit: 'access.take',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(z.object({ client: clientParam, ...userParam, grant: idParam, reason: reasonField }))
    .output(z.object({ taken: z.literal(true) })),
  invitations: here
    .get('/clients/{client}/access/invitations', {
      title: 'List invitations to a client',
      permission: 'access.grant',
      cli: 'access invitations',
      mcp: true,
      guide: ['G0-00'],
      list: { key: 'id' },
    })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(invitation)),
  invitationsExport: here
    .download('/clients/{client}/access/invitations/export', {
      title: 'Export the invitations to a client that are open or have expired',
      permission: 'access.grant',
      cli: 'access invitations-export',
      why: 'A tool reads the list itself.',
    })
    .input(z.object({ client: clientParam, format: tableFormat })),
  invite: here
    .post('/clients/{client}/access/invitations', {
      title: 'Invite someone to a client',
      permission: 'access.grant',
      audit: 'invitations.create',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(
      z.object({
        client: clientParam,
        email: mailField,
        name: nameField,
        role: grantFields.role.unwrap().unwrap(),
      }),
    )
    .output(invited),
  resend: here
    .post('/clients/{client}/access/invitations/{invitation}/resend', {
      title: 'Make a new link for an invitation to a client',
      permission: 'access.grant',
      audit: 'invitations.resend',
      proof: 'in_person',
      cli: null,
      why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
    })
    .input(z.object({ client: clientParam, invitation: idParam }))
    .output(invited),
  revoke: here
    .del('/clients/{client}/access/invitations/{invitation}', {
      title: 'Revoke an invitation to a client',
      permission: 'access.grant',
      audit: 'invitations.revoke',
      cli: 'access uninvite',
      proof: 'none',
    })
    .input(z.object({ client: clientParam, invitation: idParam }))
    .output(z.object({ revoked: z.literal(true) })),
};
