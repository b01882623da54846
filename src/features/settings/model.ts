import { z } from 'zod';
import { ROLES } from '#domain/access/permissions.ts';
import type { Tx } from '#store/open.ts';
import { workspaceRetention } from '../retention/months.ts';

/** How mail leaves: one server, one sender. The password is kept sealed, apart from what is shown. */
export const mailSettings = z.strictObject({
  host: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9.-]{1,253}$/, 'is not a host name, for example smtp.yourorg.org'),
  port: z.number().int().min(1).max(65_535),
  /** starttls: begins in the clear and must switch; tls: encrypted from the first byte; none: this machine only. */
  security: z.enum(['starttls', 'tls', 'none']),
  user: z.string().trim().max(300),
  from: z.email('is not a mail address'),
});
export type MailSettings = z.infer<typeof mailSettings>;

/** What is stored in `workspace.settings`. */
export const workspaceSettings = z.object({
  mail: mailSettings.extend({ passwordSealed: z.string().nullable() }).nullable().default(null),
  /** Roles whose holders need a second factor; Owners do beyond loopback, whatever stands here. */
  secondFactor: z.array(z.enum(ROLES)).default([]),
  retention: workspaceRetention.prefault({}),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;

export interface Workspace {
  readonly name: string;
  readonly settings: WorkspaceSettings;
  readonly version: number;
}

/** The workspace with its settings; before the first owner is made it has none. */
export async function readWorkspace(tx: Tx): Promise<Workspace> {
  const row = await tx.selectFrom('workspace').select(['name', 'settings', 'version']).executeTakeFirst();
  return {
    name: row?.name ?? 'Bylaw',
    settings: workspaceSettings.parse(row?.settings ?? {}),
    version: row?.version ?? 1,
  };
}
