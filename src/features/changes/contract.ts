import { z } from 'zod';
import { CHANGE_STATES } from '#domain/changes/states.ts';
import { groupOf } from '#domain/model/bounded.ts';
import { day } from '#domain/model/day-schema.ts';
import { clientParam, listOf, operationsOf, reasonParam, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { sha256Param } from '../shared/file-parts.ts';

const { get, post } = operationsOf({
  feature: 'Changes',
  scope: 'client',
  guide: ['G4.3-00', 'G6.2-01', 'G6.2-07', 'G6.3-02', 'G6.3-07', 'G6.4-04'],
});
const change = z.string().min(1).max(80).describe('Id from changes list');
const one = { client: clientParam, change, version: versionParam };

export const changeView = z.object({
  id: z.string(),
  target: z.string(),
  subject: z.string(),
  title: z.string(),
  state: z.enum(CHANGE_STATES),
  reason: z.string(),
  plan: z.string().describe('SHA-256 of the plan, which an approval refers to'),
  steps: z.array(
    z.object({
      what: z.string(),
      name: z.string(),
      body: z.unknown(),
      before: z.unknown(),
      done: z.boolean().nullable().describe('null: people carry it out, so it is judged as a whole'),
      id: z.string().nullable().describe('Id assigned by the external system; null: none yet'),
    }),
  ),
  measured: z.unknown().describe('Measurements shown to the approver'),
  until: z.string().nullable().describe('Last day it is in effect; null: it has no last day'),
  ended: z
    .boolean()
    .describe('Whether its last day has passed, and no observation shows yet that it was rolled back'),
  alone: z
    .boolean()
    .describe('Whether one person may carry it out: it ends by itself, or rolls back a change that does'),
  atOnce: z
    .boolean()
    .describe('Whether its rollback was approved with it, so one person may roll it back at any time'),
  undone: z.boolean().describe('Whether a later change rolled it back, as an observation shows'),
  undoes: z.string().nullable().describe('Id of the change that it rolls back; null: it rolls back none'),
  undoable: z.boolean(),
  planned: z.object({ by: z.string(), at: z.string() }),
  approvals: z.array(z.object({ by: z.string(), at: z.string() })),
  applied: z.object({ by: z.string(), at: z.string() }).nullable().describe('null: not carried out yet'),
  verified: z.string().nullable().describe('When a later observation showed its effect; null: not yet'),
  receipt: z.string().nullable().describe('SHA-256 of the receipt in the evidence; null: none yet'),
  lacks: z
    .array(z.string())
    .describe('What the later observation is missing, why a step waits, or why it was refused'),
  writes: z
    .boolean()
    .describe('Whether Bylaw carries it out itself; otherwise people follow the steps themselves'),
  version: z.number().int(),
  may: z.object({
    approve: z.boolean(),
    why: z.string().nullable().describe('Why you cannot approve it; null: you can'),
    carryOut: z.boolean(),
    withdraw: z.boolean(),
    undo: z.boolean(),
  }),
});

export const changesContract = {
  list: get('/clients/{client}/changes', {
    title: 'List changes to outside systems',
    description: 'What was planned, who approved it, how far it got, and what proved it.',
    permission: 'charter.read',
    cli: 'changes list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(
      z.object({
        client: clientParam,
        subject: z.string().max(200).optional(),
        target: z.string().max(60).optional(),
        open: z.boolean().optional().describe('Only changes that are not finished or abandoned'),
        ...pageParams(),
      }),
    )
    .output(listOf(changeView)),
  get: get('/clients/{client}/changes/{change}', {
    title: 'Show a change with its plan',
    permission: 'charter.read',
    cli: 'changes show',
    mcp: true,
    noPage: 'The page of what a change is about has all of it in its list.',
    boundedBy: 'one change, with the steps of its plan',
  })
    .input(z.object({ client: clientParam, change }))
    .output(changeView),
  plan: post('/clients/{client}/changes', {
    title: 'Plan a change to an outside system',
    description: 'This changes nothing. Someone else approves exactly this plan.',
    permission: 'charter.edit',
    audit: 'changes.plan',
    cli: 'changes plan',
    verifiedAccount: true,
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        target: z.string().min(1).max(60).describe('External system, for example conditional_access'),
        subject: z.string().min(1).max(200).describe('Part of the system, for example mfa'),
        intent: groupOf(z.string().max(340), z.union([z.string().max(400), z.boolean(), z.number()]), 1000)
          .default({})
          .describe('Desired settings, in the system’s own terms, for example {"state":"enabled"}'),
        reason: reasonParam,
        until: day.optional().describe('Last day it is in effect; after that it has to be rolled back'),
      }),
    )
    .output(changeView),
  approve: post('/clients/{client}/changes/{change}/approve', {
    title: 'Approve exactly one plan of a change',
    description: 'By someone who had no hand in it. The plan is identified by its SHA-256.',
    permission: 'charter.approve',
    audit: 'changes.approve',
    cli: 'changes approve',
    verifiedAccount: true,
    proof: 'fresh',
  })
    .input(
      z.strictObject({
        ...one,
        plan: sha256Param.describe('SHA-256 of the plan that was shown'),
      }),
    )
    .output(changeView),
  carryOut: post('/clients/{client}/changes/{change}/carry-out', {
    title: 'Carry out a change, or record that people did',
    description:
      'If Bylaw may write to the system, it carries out the steps. Otherwise it records that someone followed them. The change is done once a later observation shows it.',
    permission: 'charter.edit',
    audit: 'changes.carry_out',
    cli: 'changes carry-out',
    verifiedAccount: true,
    proof: 'fresh',
  })
    .input(z.strictObject(one))
    .output(changeView),
  verify: post('/clients/{client}/changes/{change}/verify', {
    title: 'Check whether a change is in place',
    description:
      'Checks the newest observation since it was carried out. If the change is in place, the receipt is kept as evidence.',
    permission: 'charter.edit',
    audit: 'changes.verify',
    cli: 'changes verify',
    proof: 'none',
  })
    .input(z.strictObject(one))
    .output(changeView),
  withdraw: post('/clients/{client}/changes/{change}/withdraw', {
    title: 'Abandon a change before it is done',
    permission: 'charter.edit',
    audit: 'changes.withdraw',
    cli: 'changes withdraw',
    proof: 'none',
  })
    .input(z.strictObject({ ...one, reason: reasonParam }))
    .output(changeView),
  undo: post('/clients/{client}/changes/{change}/undo', {
    title: 'Plan to undo a change',
    permission: 'charter.edit',
    audit: 'changes.plan',
    cli: 'changes undo',
    verifiedAccount: true,
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, change, reason: reasonParam }))
    .output(changeView),
};
