import { z } from 'zod';
import { clientParam, instant, listOf, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { dayText } from '../shared/control-parts.ts';
import { inOneLine } from '../shared/one-line.ts';
import { workItemSchema } from '../work/schemas.ts';

const openWork = z.object({
  open: z.number().int(),
  late: z.boolean().describe('true: a date has passed'),
});

export const frameSchema = z.object({
  asOf: z
    .object({
      observedOn: dayText.describe('Date of the newest reading, in the client’s time zone'),
      storedAt: instant,
      kind: z.string(),
      label: z.string().describe('What was read, in words: members file'),
    })
    .nullable()
    .describe('The newest reading; null before the first'),
  counts: z
    .object({
      controls: openWork.describe('Number of controls that fail'),
      people: openWork.describe('Number of differences between Claude accounts and the roster'),
      exceptions: openWork.describe('Number of exceptions waiting for approval or ending soon'),
      connectors: openWork.describe('Number of connector requests waiting for a decision'),
      charter: openWork.describe('Number of charter drafts waiting for approval'),
      attestations: openWork.describe('Number of attestations that expire within 14 days or have expired'),
      deployment: openWork.describe('Number of deployment tasks that can be worked on'),
      work: openWork.describe('Number of items overdue, due within 14 days or waiting for someone'),
      alerts: openWork.describe('Number of open alerts; late: one is critical'),
      imports: openWork.describe('Number of imports started but not stored'),
    })
    .partial()
    .describe('Open work, limited to what you may see'),
  decidedAt: instant.nullable().describe('null: nothing was evaluated yet'),
  sandbox: z.boolean(),
});

/** Groups of search results, in display order. */
export const HIT_GROUPS = [
  'Controls',
  'People',
  'Alerts',
  'Clients',
  'Exceptions',
  'Reports',
  'Comparisons',
  'Imports',
  'Evidence',
  'Audit log',
  'Access',
] as const;

const hit = z.object({
  id: z.string(),
  group: z.enum(HIT_GROUPS),
  label: z.string(),
  description: z.string().nullable().describe('null: none'),
  href: z.string().describe('Address in the console'),
});
export type Hit = z.infer<typeof hit>;

const notification = workItemSchema
  .pick({
    client: true,
    name: true,
    kind: true,
    kindName: true,
    title: true,
    why: true,
    due: true,
    when: true,
    href: true,
  })
  .extend({
    id: z.string().describe('Changes when the content changes'),
    read: z.boolean(),
    reminded: z
      .object({ by: z.string(), at: instant })
      .nullable()
      .describe('Who reminded you of it last, within 14 days; null: no one'),
  });
export type Notification = z.infer<typeof notification>;

const view = z.object({
  id: z.string(),
  page: z.string().describe('Path of the page, with $client for the client: /c/$client/controls'),
  name: z.string(),
  search: z.string().describe('Query string of the address, without the ?'),
});
const sharedView = view.extend({ by: z.string().describe('Who shared it'), at: instant });
const viewName = z
  .string()
  .trim()
  .min(1, 'Give the view a name.')
  .max(80)
  .regex(...inOneLine);
const wantedView = {
  page: z
    .string()
    .max(200)
    .regex(/^\/[a-z0-9$/-]*$/, 'Name a page of the console, for example /c/$client/controls.'),
  name: viewName,
  search: z.string().max(2_000),
};

const { get } = operationsOf({ feature: 'Shell' });
const own = operationsOf({
  feature: 'Shell',
  scope: 'self',
  permission: 'signed_in',
  cli: null,
  why: 'They belong to the pages of the console.',
});
const ofClient = operationsOf({
  feature: 'Shell',
  scope: 'client',
  cli: null,
  why: 'They belong to the pages of the console.',
});

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
      'Controls and clients; with a client, also its people, alerts, exceptions, reports, imports, evidence and audit records; without one, the people with access. At most 20, and only what you may see.',
    scope: 'workspace',
    permission: 'signed_in',
    cli: 'search',
    mcp: true,
    boundedBy: 'the best twenty or so',
  })
    .input(
      z.object({
        query: z.string().trim().min(1, 'Write what to look for.').max(200),
        client: clientParam.optional(),
      }),
    )
    .output(z.object({ items: z.array(hit) })),
  notifications: {
    list: get('/me/notifications', {
      title: 'List what is waiting for me',
      description:
        'For all clients that you may see: first what you were reminded of, then other work that is yours or waits for a decision you may make, critical alerts and failed deliveries. Clients that are being re-evaluated right now follow later.',
      scope: 'self',
      permission: 'signed_in',
      cli: 'notifications list',
      list: { key: 'id' },
    })
      .input(z.object(pageParams({ byDefault: 100 })))
      .output(listOf(notification).extend({ unread: z.number().int() })),
    read: own
      .post('/me/notifications/read', {
        title: 'Mark notifications as read',
        audit: null,
        why: 'What someone has looked at changes nothing that has to be proved.',
      })
      .input(z.strictObject({ ids: z.array(z.string().min(1).max(64)).min(1).max(1_000) }))
      .output(z.object({ unread: z.number().int() })),
  },
  views: {
    list: own
      .get('/me/views', { title: 'List my saved views', list: { key: 'id' } })
      .input(z.object(pageParams()))
      .output(listOf(view)),
    save: own
      .post('/me/views', {
        title: 'Save the filters of a list as a view',
        description: 'Only for yourself. A view of the same name on the same page is replaced.',
        audit: 'shell.save_view',
        proof: 'none',
      })
      .input(z.strictObject(wantedView))
      .output(view),
    rename: own
      .patch('/me/views/{view}', { title: 'Rename a saved view', audit: 'shell.rename_view', proof: 'none' })
      .input(z.strictObject({ view: z.string().min(1).max(80), name: viewName }))
      .output(view),
    remove: own
      .del('/me/views/{view}', { title: 'Remove a saved view', audit: 'shell.remove_view', proof: 'none' })
      .input(z.object({ view: z.string().min(1).max(80) }))
      .output(z.object({ removed: z.literal(true) })),
    shared: ofClient
      .get('/clients/{client}/views', {
        title: 'List the views that are shared at a client',
        permission: 'client.read',
        list: { key: 'id' },
      })
      .input(z.object({ client: clientParam, ...pageParams() }))
      .output(listOf(sharedView)),
    share: ofClient
      .post('/clients/{client}/views', {
        title: 'Share the filters of a list with everyone who sees the client',
        description: 'A shared view of the same name on the same page is replaced.',
        permission: 'work.edit',
        audit: 'shell.share_view',
        proof: 'none',
        noVerifiedAccount: 'filters of a list; no verdict reads them',
      })
      .input(z.strictObject({ client: clientParam, ...wantedView }))
      .output(sharedView),
    unshare: ofClient
      .post('/clients/{client}/views/unshare', {
        title: 'Stop sharing a view at a client',
        permission: 'work.edit',
        audit: 'shell.unshare_view',
        proof: 'none',
        noVerifiedAccount: 'filters of a list; no verdict reads them',
      })
      .input(z.strictObject({ client: clientParam, page: wantedView.page, name: viewName }))
      .output(z.object({ removed: z.literal(true) })),
  },
};
