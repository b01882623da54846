import { z } from 'zod';
import { clientParam, instant, operationsOf } from '../operation.ts';
import { dayText } from '../shared/control-parts.ts';

const openWork = z.object({
  open: z.number().int(),
  late: z.boolean().describe('A date has passed'),
});

export const frameSchema = z.object({
  asOf: z
    .object({
      observedOn: dayText.describe('Day of the newest reading, in the client’s zone'),
      storedAt: instant,
      kind: z.string(),
      label: z.string().describe('What was read, in words: members file'),
    })
    .nullable()
    .describe('The newest reading; null before the first'),
  counts: z
    .object({
      controls: openWork.describe('Controls that fail'),
      people: openWork.describe('Differences between Claude accounts and the roster'),
      exceptions: openWork.describe('Exceptions that wait for approval or end soon'),
      connectors: openWork.describe('Requests for connectors that wait for a decision'),
      charter: openWork.describe('Drafts of the charter that wait for approval'),
      attestations: openWork.describe('Attestations that expire within 14 days or have expired'),
      deployment: openWork.describe('Tasks of the deployment that can be worked at'),
      work: openWork.describe('What is overdue, due within 14 days or waiting for someone'),
      alerts: openWork.describe('Alerts that nobody has settled; late: one is critical'),
      imports: openWork.describe('Imports that were begun and not stored'),
    })
    .partial()
    .describe('Open work; only of what you may see'),
  decidedAt: instant.nullable(),
  sandbox: z.boolean(),
});

/** Groups of what is found, in the order in which they are shown. */
export const HIT_GROUPS = [
  'Controls',
  'People',
  'Clients',
  'Exceptions',
  'Reports',
  'Comparisons',
  'Imports',
  'Evidence',
  'Audit log',
] as const;

const hit = z.object({
  id: z.string(),
  group: z.enum(HIT_GROUPS),
  label: z.string(),
  description: z.string().nullable(),
  href: z.string().describe('Address in the console'),
});
export type Hit = z.infer<typeof hit>;

const { get } = operationsOf({ feature: 'Shell' });

export const shellContract = {
  frame: get('/clients/{client}/frame', {
    title: 'Show what the frame around a client’s pages says',
    scope: 'client',
    permission: 'client.read',
    cli: null,
    why: 'Home says the same and more.',
  })
    .input(z.object({ client: clientParam }))
    .output(frameSchema),
  search: get('/search', {
    title: 'Find things by id, name, email address or guide section',
    description:
      'Controls, clients, and with a client its people, exceptions, reports, imports, evidence and audit records; at most 20, and only what you may see.',
    scope: 'workspace',
    permission: 'signed_in',
    cli: 'search',
    mcp: true,
  })
    .input(
      z.object({
        query: z.string().trim().min(1, 'Write what to look for.').max(200),
        client: clientParam.optional(),
      }),
    )
    .output(z.object({ items: z.array(hit) })),
};
