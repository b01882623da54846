import { z } from 'zod';
import { PERMISSIONS, ROLES } from '#domain/access/permissions.ts';
import { instant } from '../operation.ts';
import { inOneLine } from './one-line.ts';

export const idParam = z.string().min(1).max(100);
export const reasonField = z.string().trim().max(1000).default('').describe('Reason, for the audit log');
export const requiredReason = z.string().trim().min(3).max(1000).describe('Reason, for the audit log');
export const mailField = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email('Enter an email address such as name@example.org.'));
export const nameField = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(...inOneLine);
export const role = z.enum(ROLES);
export const permission = z.enum(PERMISSIONS);

/** A reference to a client; null: all clients and the workspace itself. */
export const place = z
  .object({ slug: z.string(), name: z.string() })
  .nullable()
  .describe('null: all clients and the workspace itself');
export const person = z.object({ id: z.string(), name: z.string(), email: z.string() });

export const grant = z.object({
  id: z.string(),
  client: place,
  effect: z.enum(['allow', 'deny']),
  role: role.nullable().describe('null: a denial, which names a permission'),
  permission: permission.nullable().describe('With deny: what is denied; null: everything'),
  grantedBy: z.string().nullable().describe('Name of the person who granted it; null: not known'),
  at: instant,
});

/** A grant to make. With `allow` a role; with `deny` one permission, or none to deny everything. */
export const grantFields = {
  effect: z.enum(['allow', 'deny']).default('allow'),
  role: role.nullable().default(null).describe('With allow: the role to grant; otherwise null'),
  permission: permission
    .nullable()
    .default(null)
    .describe('With deny: the permission to deny; null or left out: all'),
};
export const forClient = z
  .string()
  .min(1)
  .max(80)
  .nullable()
  .default(null)
  .describe('Short name of the client; null or left out: all clients and the workspace');
/** The same without defaults: "all clients" has to be explicit. */
export const forWhich = z
  .string()
  .min(1)
  .max(80)
  .nullable()
  .describe(
    'Short name of the client; null, which has to be given explicitly: all clients and the workspace',
  );

export const explained = z.object({
  permission,
  words: z.string(),
  allowed: z.boolean(),
  reason: z.string().describe('Role that grants it, or denial that removes it'),
});

export const invitationState = z.enum(['open', 'accepted', 'expired', 'revoked']);
export const invitation = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  state: invitationState,
  grants: z.array(grant.omit({ id: true, grantedBy: true, at: true })),
  invitedBy: z.string().nullable().describe('Name; null: no longer known'),
  createdAt: instant,
  expiresAt: instant,
});
export const invited = z.object({
  invitation,
  link: z
    .string()
    .nullable()
    .describe(
      'null: it is only emailed to the address. If mail is not set up, an Owner is shown it once, to hand it over, and the account is unproven until something proves it',
    ),
  mail: z.enum(['sent', 'not_set_up', 'failed']),
});
