import { z } from 'zod';
import { CLAUDE_PLANS, M365_TIERS } from '#domain/model/profile.ts';
import { clientParam, operation } from '../operation.ts';

const name = z.string().trim().min(1, 'A client needs a name.').max(200);

export const clientSummary = z.object({
  id: z.string(),
  client: clientParam,
  name: z.string(),
  sandbox: z.boolean(),
  version: z.number().int(),
});

export const clientsContract = {
  create: operation({
    method: 'POST',
    path: '/clients',
    title: 'Add a client',
    feature: 'Clients',
    scope: 'workspace',
    permission: 'clients.create',
    audit: 'clients.create',
    cli: 'clients create',
    mcp: false,
  })
    .input(
      z.strictObject({
        name,
        domains: z.array(z.string().trim().min(1)).min(1, 'A client has at least one mail domain.'),
        claudePlan: z.enum(CLAUDE_PLANS),
        m365: z.enum(M365_TIERS).optional().describe('Left out: not known; Bylaw then reads the licences file'),
        timezone: z.string().optional(),
      }),
    )
    .output(clientSummary),
};
