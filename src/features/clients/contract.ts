import { z } from 'zod';
import { profileSchema } from '#domain/model/profile.ts';
import { clientParam, operationsOf, reasonParam, versionParam } from '../operation.ts';
import { inOneLine } from '../shared/one-line.ts';
import { heldProfile, proposedFields, proposedParam } from '../shared/watch-proposals.ts';

const name = z
  .string()
  .trim()
  .min(1, 'A client needs a name.')
  .max(200)
  .regex(...inOneLine);

/** What a form or command may say of a client; Bylaw's own profile schema checks it when it is stored. */
const profile = profileSchema.omit({ name: true, asOf: true });

export const clientSummary = z.object({
  id: z.string(),
  client: clientParam,
  name: z.string(),
  sandbox: z.boolean(),
  version: z.number().int(),
});

const clientDetail = clientSummary.extend({
  profile: profile.extend({ name: z.string() }).loose(),
  hasLogo: z.boolean(),
  createdAt: z.string(),
  can: z.object({ edit: z.boolean(), remove: z.boolean() }),
  proposed: z
    .object({
      ...proposedFields,
      profile: heldProfile.describe('Profile settings that are waiting; normalHours null: no longer stated'),
    })
    .nullable()
    .describe(
      'A change that would make detections find less, waiting for approval by a second person; null: none',
    ),
});

const { del, get, post, put } = operationsOf({ feature: 'Clients' });

export const clientsContract = {
  create: post('/clients', {
    title: 'Add a client',
    description:
      'Name, email domains, Claude plan and Microsoft 365 license decide which controls apply. All can be changed later.',
    scope: 'workspace',
    permission: 'clients.create',
    audit: 'clients.create',
    cli: 'clients create',
    guide: ['G0-01', 'G2.2-03'],
    proof: 'none',
  })
    .input(
      z
        .object({ name, ...profile.partial().shape })
        .extend({ domains: profile.shape.domains, claudePlan: profile.shape.claudePlan })
        .strict(),
    )
    .output(clientSummary),
  get: get('/clients/{client}', {
    title: 'Show a client',
    scope: 'client',
    permission: 'client.read',
    cli: 'clients show',
    mcp: true,
  })
    .input(z.object({ client: clientParam }))
    .output(clientDetail),
  update: put('/clients/{client}', {
    title: 'Change a client’s name or profile',
    description:
      'Send the whole profile; anything left out is then not known. Verdicts are re-evaluated. More domains, fewer upcoming days off, wider hours and a different time zone for them let detections find less, so they wait until someone else approves them. If no one else could, they take effect at once, and the record says that one person did it alone.',
    scope: 'client',
    permission: 'client.edit',
    audit: 'clients.update',
    cli: 'clients update',
    guide: ['G0-01', 'G2.2-03'],
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, version: versionParam, name, profile }))
    .output(clientDetail),
  approveProfile: post('/clients/{client}/profile/approve', {
    title: 'Approve a change to the profile that lets detections find less',
    description: 'By someone other than the person who proposed it. It takes effect from the next day on.',
    scope: 'client',
    permission: 'client.edit',
    audit: 'clients.approve_profile',
    proof: 'fresh',
    verifiedAccount: true,
    cli: 'clients approve-profile',
    guide: ['G7.1-05'],
  })
    .input(z.strictObject({ client: clientParam, proposed: proposedParam }))
    .output(clientDetail),
  withdrawProfile: post('/clients/{client}/profile/withdraw', {
    title: 'Withdraw or refuse a proposed change to the profile',
    description: 'The profile stays as it is.',
    scope: 'client',
    permission: 'client.edit',
    audit: 'clients.withdraw_profile',
    cli: 'clients withdraw-profile',
    guide: ['G7.1-05'],
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, proposed: proposedParam, reason: reasonParam }))
    .output(clientDetail),
  setLogo: put('/clients/{client}/logo', {
    title: 'Set the logo for reports',
    description: 'PNG, JPEG or SVG of at most 300 kB. It is shown at the top of reports and nowhere else.',
    scope: 'client',
    permission: 'client.edit',
    audit: 'clients.set_logo',
    cli: 'clients set-logo',
    transport: 'upload',
    proof: 'none',
  })
    .input(z.object({ client: clientParam }))
    .output(z.object({ hasLogo: z.boolean() })),
  removeLogo: del('/clients/{client}/logo', {
    title: 'Remove the logo',
    scope: 'client',
    permission: 'client.edit',
    audit: 'clients.remove_logo',
    cli: 'clients remove-logo',
    proof: 'none',
  })
    .input(z.object({ client: clientParam }))
    .output(z.object({ hasLogo: z.boolean() })),
  remove: del('/clients/{client}', {
    title: 'Remove a client',
    description:
      'Removes everything that is kept about the client except its audit log. The name has to be entered so that the wrong client is not removed. The sandbox association needs no name.',
    scope: 'client',
    permission: 'client.remove',
    audit: 'clients.remove',
    proof: 'fresh',
    cli: 'clients remove',
  })
    .input(z.object({ client: clientParam, name: z.string().max(200).optional() }))
    .output(z.object({ removed: z.boolean() })),
  openSandbox: post('/sandbox', {
    title: 'Open the sandbox association',
    description:
      'A fictional association with 61 staff and planted problems, kept apart from real clients. Opening it again leads to the existing one.',
    scope: 'workspace',
    permission: 'clients.create',
    audit: 'clients.open_sandbox',
    cli: 'sandbox open',
    proof: 'none',
  })
    .input(z.object({}))
    .output(clientSummary),
};
