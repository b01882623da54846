import { z } from 'zod';
import { filterSchema } from '#domain/forwarding/event.ts';
import { DELIVERY_STATES } from '#domain/forwarding/words.ts';
import { groupOf } from '#domain/model/bounded.ts';
import { clientParam, listOf, operationsOf, reasonParam, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { PENDING_ACTS } from '../shared/pending-acts.ts';
import { proposedParam } from '../shared/watch-proposals.ts';
import { failedDeliverySchema, kindSchema, sinkSchema, triedSchema } from './schemas.ts';

const { del, download, get, post, put } = operationsOf({
  feature: 'Sinks',
  scope: 'client',
  guide: ['G5.3-00', 'G5.3-01', 'G5.3-02', 'G5.3-03', 'G5.3-04', 'G5.3-07'],
});
const sink = z.string().min(1).max(80).describe('Id from sinks list');
const delivery = z.string().min(1).max(80).describe('Id from sinks failed');
const kind = z.string().min(1).max(40).describe('Id of a kind from sinks list');
const one = { client: clientParam, sink, version: versionParam };
const name = z.string().trim().min(1, 'Give it a name.').max(80);
const settings = groupOf(
  z.string().max(60),
  z.union([z.string().max(30_000), z.number(), z.boolean()]),
  60,
).describe('Values by field name of the kind. A secret that is left out or empty keeps its stored value');
const filter = filterSchema.describe('Events to send to it; categories null: all');

export const sinksContract = {
  list: get('/clients/{client}/sinks', {
    title: 'List where activities, alerts and the audit log are sent',
    description:
      'Includes the status of each, what is waiting, and the kinds that can be added, but never a secret.',
    permission: 'connections.read',
    cli: 'sinks list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(
      listOf(sinkSchema).extend({
        kinds: z.array(kindSchema),
        defender: z.object({
          title: z.string(),
          says: z.array(z.string()),
          /** null: no sink for it. */
          route: z
            .string()
            .nullable()
            .describe('Sink that sends events to Defender, and whether it works; null: none'),
          works: z.boolean(),
        }),
        may: z.object({
          edit: z.boolean(),
          workspaceAudit: z.boolean().describe('Whether you may send the workspace’s audit log to a sink'),
        }),
      }),
    ),
  template: download('/clients/{client}/sink-kinds/{kind}/template', {
    title: 'Download the setup for the other side of a sink',
    description:
      'For Microsoft Sentinel, an Azure Resource Manager template with the table, data collection rule, analytic rules and role.',
    permission: 'connections.read',
    cli: 'sinks template',
    why: 'A file for another system.',
  }).input(z.object({ client: clientParam, kind })),
  add: post('/clients/{client}/sinks', {
    title: 'Send activities, alerts or the audit log to a system',
    permission: 'connections.edit',
    audit: 'sinks.add',
    proof: 'fresh',
    cli: 'sinks add',
  })
    .input(
      z.strictObject({
        client: clientParam,
        kind,
        name,
        settings,
        filter,
        from: z.enum(['now', 'start']).default('now').describe('start: also send what is already in the log'),
      }),
    )
    .output(sinkSchema),
  change: put('/clients/{client}/sinks/{sink}', {
    title: 'Change a sink',
    permission: 'connections.edit',
    audit: 'sinks.change',
    proof: 'fresh',
    cli: 'sinks change',
  })
    .input(z.strictObject({ ...one, name, settings, filter }))
    .output(sinkSchema),
  remove: del('/clients/{client}/sinks/{sink}', {
    title: 'Remove a sink',
    description:
      'Its waiting failed deliveries are removed with it. What it was already sent stays there. One that has delivered waits for a second person, if there is one.',
    permission: 'connections.edit',
    audit: 'sinks.remove',
    proof: 'fresh',
    cli: 'sinks remove',
  })
    .input(z.strictObject(one))
    .output(z.object({ removed: z.boolean().describe('false: it waits for a second person') })),
  test: post('/clients/{client}/sinks/{sink}/test', {
    title: 'Send a test event to a sink',
    description:
      'Sends one event that says that it is a test, separately from what is waiting. Answers with what the other side said.',
    permission: 'connections.edit',
    audit: 'sinks.test',
    cli: 'sinks test',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, sink }))
    .output(triedSchema),
  pause: post('/clients/{client}/sinks/{sink}/pause', {
    title: 'Pause a sink',
    description:
      'Nothing is lost: events wait in the log until it resumes. If it has delivered, this waits for a second person, if there is one.',
    permission: 'connections.edit',
    audit: 'sinks.pause',
    proof: 'fresh',
    cli: 'sinks pause',
  })
    .input(z.strictObject(one))
    .output(sinkSchema),
  resume: post('/clients/{client}/sinks/{sink}/resume', {
    title: 'Resume a sink',
    permission: 'connections.edit',
    audit: 'sinks.resume',
    cli: 'sinks resume',
    proof: 'none',
  })
    .input(z.strictObject(one))
    .output(sinkSchema),
  approve: post('/clients/{client}/sinks/{sink}/approve', {
    title: 'Approve pausing or removing a sink',
    description: 'By someone other than who proposed it. It takes effect at once.',
    permission: 'connections.edit',
    audit: 'sinks.approve',
    proof: 'fresh',
    verifiedAccount: true,
    cli: 'sinks approve',
  })
    .input(z.strictObject({ client: clientParam, sink, proposed: proposedParam }))
    .output(z.object({ act: z.enum(PENDING_ACTS) })),
  withdraw: post('/clients/{client}/sinks/{sink}/withdraw', {
    title: 'Withdraw or refuse a proposal to pause or remove a sink',
    description: 'It keeps sending.',
    permission: 'connections.edit',
    audit: 'sinks.withdraw',
    proof: 'none',
    cli: 'sinks withdraw',
  })
    .input(z.strictObject({ client: clientParam, sink, proposed: proposedParam, reason: reasonParam }))
    .output(z.object({ act: z.enum(PENDING_ACTS) })),
  failed: get('/clients/{client}/failed-deliveries', {
    title: 'List events that a sink refused',
    permission: 'connections.read',
    cli: 'sinks failed',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, state: z.enum(DELIVERY_STATES).optional(), ...pageParams() }))
    .output(
      listOf(failedDeliverySchema).extend({
        counts: z.record(z.enum(DELIVERY_STATES), z.number().int()),
        may: z.object({ edit: z.boolean() }),
      }),
    ),
  failedEvents: get('/clients/{client}/failed-deliveries/{delivery}', {
    title: 'Show events that a sink refused',
    permission: 'connections.read',
    cli: 'sinks failed-events',
    boundedBy: 'one delivery',
  })
    .input(z.object({ client: clientParam, delivery }))
    .output(
      failedDeliverySchema.extend({ events: z.array(z.unknown()), may: z.object({ edit: z.boolean() }) }),
    ),
  repair: put('/clients/{client}/failed-deliveries/{delivery}', {
    title: 'Repair events that a sink refused',
    description: 'The log keeps them as they were. The number, id and stream stay the same.',
    permission: 'connections.edit',
    audit: 'sinks.repair',
    cli: 'sinks repair',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        delivery,
        version: versionParam,
        events: z.array(z.unknown()).min(1).max(5_000),
      }),
    )
    .output(failedDeliverySchema),
  replay: post('/clients/{client}/failed-deliveries/{delivery}/replay', {
    title: 'Send events again that a sink refused',
    description:
      'If the other side did not say which events of a batch it refused, they are sent one by one; those that are accepted leave the delivery.',
    permission: 'connections.edit',
    audit: 'sinks.replay',
    cli: 'sinks replay',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, delivery, version: versionParam }))
    .output(triedSchema.extend({ delivery: failedDeliverySchema })),
  replayAll: post('/clients/{client}/sinks/{sink}/replay', {
    title: 'Send everything again that a sink refused',
    description:
      'Up to 200 failed deliveries, oldest first. It stops at the first that is refused for a reason that affects all.',
    permission: 'connections.edit',
    audit: 'sinks.replay_all',
    cli: 'sinks replay-all',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, sink }))
    .output(z.object({ replayed: z.number().int(), waiting: z.number().int(), says: z.string() })),
  drop: post('/clients/{client}/failed-deliveries/{delivery}/drop', {
    title: 'Discard events that a sink refused',
    description: 'The sink never gets them. The log keeps them.',
    permission: 'connections.edit',
    audit: 'sinks.drop',
    cli: 'sinks drop',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, delivery, version: versionParam, reason: reasonParam }))
    .output(failedDeliverySchema),
};
// Guide: G0-06
