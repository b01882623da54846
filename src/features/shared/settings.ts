import { z } from 'zod';
import { ROLES } from '#domain/access/permissions.ts';
import type { Tx } from '#store/open.ts';
import { workspaceRetention } from './retention-months.ts';

/**
 * How mail is sent: one method, one sender. Credentials (a password, a client secret, a certificate with its key) are
 * sealed and stored separately from what is shown. Settings from before there was a choice are SMTP with a password.
 */
export const mailSettings = z.strictObject({
  signIn: z
    .enum(['password', 'xoauth2', 'graph'])
    .default('password')
    .describe(
      'password: SMTP with a password; xoauth2: SMTP with a token from Microsoft; graph: Microsoft Graph instead of SMTP',
    ),
  host: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9.-]{0,253}$/, 'is not a host name, for example smtp.yourorg.org')
    .default('')
    .describe('Mail server; none with Microsoft Graph'),
  port: z.number().int().min(1).max(65_535).default(587),
  /** starttls: unencrypted first, must switch to TLS; tls: encrypted from the start; none: this machine only. */
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  user: z.string().trim().max(300).default(''),
  from: z.email('is not an email address').max(320),
  cloud: z.enum(['global', 'usgov']).default('global').describe('Microsoft cloud: usgov is GCC High'),
  tenant: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9.-]{0,253}$/, 'is not the ID of a Microsoft tenant')
    .default('')
    .describe('Directory (tenant) ID, with OAuth 2'),
  application: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{0,100}$/, 'is not the ID of an application')
    .default('')
    .describe('Application (client) ID, with OAuth 2'),
  credential: z
    .enum(['secret', 'certificate'])
    .default('secret')
    .describe('How the application authenticates, with OAuth 2'),
});
export type MailSettings = z.infer<typeof mailSettings>;

export const auditHeads = z.strictObject({
  to: z
    .array(z.email('is not an email address').max(300))
    .min(1, 'Name at least one address.')
    .max(5, 'Name five addresses at most.'),
  every: z.enum(['day', 'week']),
});

/** The authority (RFC 3161) that certifies the time of signed files. */
export const timeStamps = z.strictObject({
  url: z
    .url('is not an address, for example https://tsa.example.org/tsr')
    .max(500)
    .describe('Address where the authority answers requests for time stamps'),
  issuers: z
    .string()
    .max(20_000)
    .default('')
    .describe(
      'Certificates (PEM), one of which must have issued the authority’s certificate; empty: any issuer is accepted, and named',
    ),
});

/** The content of `workspace.settings`. */
export const workspaceSettings = z.object({
  mail: mailSettings.extend({ passwordSealed: z.string().nullable() }).nullable().default(null),
  /** Roles that require a second factor; unless the server is on loopback, Owners always do. */
  secondFactor: z.array(z.enum(ROLES)).default([]),
  retention: workspaceRetention.prefault({}),
  /** Who is mailed the heads of the audit log's chains, and how often; null: nobody. */
  auditHeads: auditHeads.nullable().default(null),
  /** Who certifies the time of minutes and incident reports; null: nobody. */
  timeStamps: timeStamps.nullable().default(null),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;

export interface Workspace {
  readonly name: string;
  readonly settings: WorkspaceSettings;
  readonly version: number;
}

/** The workspace with its settings; before the first owner is created, it has none. */
export async function readWorkspace(tx: Tx): Promise<Workspace> {
  const row = await tx.selectFrom('workspace').select(['name', 'settings', 'version']).executeTakeFirst();
  return {
    name: row?.name ?? 'Bylaw',
    settings: workspaceSettings.parse(row?.settings ?? {}),
    version: row?.version ?? 1,
  };
}
