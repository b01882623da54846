import { z } from 'zod';
import { AREAS } from '#domain/model/catalogue.ts';
import { day } from '#domain/model/day-schema.ts';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { orJsonAnswer } from '../json-answer.ts';
import { clientParam, instant, operationsOf } from '../operation.ts';
import { assignmentSchema, ownerText, remindedSchema } from '../owners/schemas.ts';
import { nextCursor, pageParams } from '../paging.ts';
import { citedClause } from '../policy/schemas.ts';
import {
  type causeSchema,
  controlLineSchema,
  controlParam,
  countsSchema,
  dayText,
  evidenceSchema,
  factSchema,
  remediationSchema,
  sourceSchema,
  stateSchema,
} from '../shared/control-parts.ts';
import { tableFormat } from '../shared/table-format.ts';

/** Filter by assignee. */
export const ASSIGNED = ['mine', 'somebody', 'nobody'] as const;

const filters = {
  state: z
    .enum(['attention', ...STATES])
    .optional()
    .describe('attention: fail and cannot_read'),
  area: z.enum(AREAS).optional(),
  severity: z.enum(SEVERITIES).optional(),
  section: z.string().max(20).optional().describe('Section of the guide, for example 2.2'),
  assigned: z
    .enum(ASSIGNED)
    .optional()
    .describe('mine: assigned to you; somebody: assigned to anyone; nobody: not assigned'),
  text: z.string().max(200).optional().describe('Words in the title, reason, id or listed items'),
};

/** A control as a list shows it. */
const listedSchema = controlLineSchema.extend({
  assigned: z
    .object({
      name: z.string().nullable().describe('null: it has a due date and no owner'),
      mail: z
        .string()
        .nullable()
        .describe('null: they have no email address, or it has a due date and no owner'),
      user: z.string().nullable().describe('Id of the person in Bylaw; null: they cannot sign in'),
      due: dayText.nullable().describe('null: no due date'),
    })
    .nullable()
    .describe('Owner and due date; null: neither is set'),
  assignmentVersion: z.number().int().describe('Version of the assignment; 0: nothing set yet'),
});

export const commentSchema = z.object({
  id: z.string(),
  text: z.string().nullable().describe('Plain text; null: removed by its author'),
  by: z.string(),
  at: instant,
  editedAt: instant.nullable().describe('null: not edited'),
  mine: z.boolean().describe('Whether you wrote it, so you can edit and remove it'),
  version: z.number().int(),
});

const commentText = z.string().trim().min(1).max(4000).describe('Plain text');
const assignment = {
  version: z.number().int().min(0).describe('Version that was shown; 0: nothing was set'),
  owner: ownerText,
  due: day.nullable().describe('Date in the client’s time zone; null: none'),
};

const timelineSchema = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum([
    'verdict',
    'import',
    'document',
    'attestation',
    'exception',
    'assignment',
    'reminder',
    'comment',
  ]),
  state: stateSchema.nullable().describe('The state it entered, for a verdict; null: not a verdict'),
  title: z.string(),
  detail: z.string().nullable().describe('null: the title says everything'),
  by: z.string().nullable().describe('Who did it; null: not recorded, or it was not a person'),
  sha256: z.string().nullable().describe('SHA-256 of its file; null: it has none'),
  subject: z.string().nullable().describe('Id of the import, attestation or exception; null: none of these'),
});

const exceptionSchema = z.object({
  id: z.string(),
  state: z.string().describe('requested, ending_soon, in_force, not_yet, ended or refused, as of today'),
  reason: z.string(),
  owner: z.string(),
  from: dayText,
  until: dayText,
  items: z.array(z.string()).nullable().describe('null: the whole control'),
  requestedBy: z.string(),
});

const attestationSchema = z.object({
  id: z.string(),
  holds: z.boolean(),
  seen: dayText,
  by: z.string(),
  note: z.string().nullable().describe('null: none'),
  expires: dayText.nullable().describe('Last day as stated; null: the control’s window alone'),
  evidence: z.string().nullable().describe('SHA-256 of the file that shows it; null: none'),
});

export const controlSchema = controlLineSchema.extend({
  version: z.number().int(),
  action: z.string(),
  concerns: z.string(),
  why: z.string(),
  guide: z.array(z.string()),
  decidedOn: dayText,
  decidedAt: instant.nullable().describe('null: nothing was evaluated yet'),
  items: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      detail: z.string(),
      evidence: z.array(evidenceSchema),
    }),
  ),
  evidence: z.array(evidenceSchema),
  exception: z
    .object({ reason: z.string(), owner: z.string(), until: dayText, covers: z.number().int() })
    .nullable()
    .describe('The exception that covers what it lists; null: none'),
  checks: z
    .array(
      z.object({
        rule: z.string(),
        reads: z.array(z.string()).describe('In words: members file, charter'),
        freshDays: z.number().int(),
        inUse: z.boolean(),
        state: stateSchema
          .nullable()
          .describe('null: not evaluated, because the control does not apply here'),
        reason: z.string().nullable().describe('null: not evaluated'),
      }),
    )
    .describe('Ways to decide the control, in order of preference'),
  answers: z.array(z.string()).describe('Ids of charter questions that would settle it'),
  attestable: z.boolean().describe('Whether an attestation can decide it'),
  readable: z
    .boolean()
    .describe('Whether anything besides attestations can decide it, such as a file or a source'),
  appliesWhen: z.string(),
  needs: z.array(z.object({ id: z.string(), title: z.string() })),
  lacks: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        means: z.string(),
        onEnterprise: z.enum(['yes', 'no', 'unknown']).describe('Whether Claude Enterprise would provide it'),
      }),
    )
    .nullable()
    .describe(
      'What plan and licenses are missing for it; null: the client is on Claude Enterprise, or it does not apply',
    ),
  clauses: z.array(citedClause).describe('Policy clauses whose observance it checks'),
  remediation: remediationSchema,
  facts: z.array(factSchema),
  sources: z.array(sourceSchema),
  timeline: z.array(timelineSchema),
  exceptions: z.array(exceptionSchema).nullable().describe('null: you may not see this'),
  attestations: z.array(attestationSchema).nullable().describe('null: you may not see this'),
  assignment: assignmentSchema.describe('Who will fix it and by when. Neither changes the verdict.'),
  reminded: remindedSchema,
  comments: z.array(commentSchema).describe('Newest first, at most 200'),
  people: z
    .array(z.object({ name: z.string(), email: z.string() }))
    .describe('People with access it can be assigned to; empty if you may not assign it'),
  mayWork: z.boolean().describe('Whether you may assign it and comment'),
  elsewhere: z
    .object({ fails: z.number().int(), of: z.number().int() })
    .nullable()
    .describe('Among the clients you may see; null: there is only this one'),
});

const replayLine = controlLineSchema
  .pick({
    id: true,
    short: true,
    title: true,
    area: true,
    areaName: true,
    severity: true,
    state: true,
    reason: true,
    observedOn: true,
    goodUntil: true,
    due: true,
  })
  .extend({
    items: z.array(z.object({ key: z.string(), label: z.string(), detail: z.string() })),
    shown: stateSchema.nullable().describe('State at the end of that day; null: none yet'),
  });

export const controlListSchema = z.object({
  items: z.array(listedSchema),
  nextCursor,
  total: z.number().int().describe('Number of controls that match the filter'),
  all: z.number().int().describe('Number of controls in the catalogue'),
  counts: countsSchema.describe('Counts of all controls, regardless of the filter'),
  sections: z.array(z.string()),
  decidedAt: instant.nullable().describe('null: nothing was evaluated yet'),
  sources: z.number().int().describe('Files and documents behind the verdicts'),
});

const { download, get, post, put } = operationsOf({ feature: 'Controls', scope: 'client' });

export const controlsContract = {
  list: get('/clients/{client}/controls', {
    title: 'List the controls',
    description: 'Every control with its current state for this client, in the fixed order of the states.',
    permission: 'controls.read',
    cli: 'controls list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...filters, ...pageParams() }))
    .output(orJsonAnswer(controlListSchema)),
  get: get('/clients/{client}/controls/{control}', {
    title: 'Show a control',
    permission: 'controls.read',
    cli: 'controls show',
    mcp: true,
    guide: ['G1.1-05'],
    boundedBy: 'one control',
  })
    .input(z.object({ client: clientParam, control: controlParam }))
    .output(controlSchema),
  replay: get('/clients/{client}/controls/replay', {
    title: 'Evaluate the controls as of a past day',
    description:
      'The state of each control at the end of a past day, decided now from everything that is known today about that day. `shown` is what Bylaw showed then.',
    permission: 'controls.read',
    cli: 'controls replay',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, day, control: controlParam.optional(), ...pageParams() }))
    .output(z.object({ day: dayText, items: z.array(replayLine), nextCursor, counts: countsSchema })),
  refresh: post('/clients/{client}/controls/refresh', {
    title: 'Re-evaluate the controls',
    description: 'Bylaw evaluates automatically every day and after every change. This does it at once.',
    permission: 'client.edit',
    audit: 'controls.refresh',
    cli: 'controls refresh',
    why: 'Tools only read.',
    proof: 'none',
  }).output(z.object({ decidedAt: instant, counts: countsSchema })),
  assign: put('/clients/{client}/controls/{control}/assignment', {
    title: 'Assign a control',
    description:
      'Its owner sees it under Work and in reminders until it passes. Neither the owner nor the date changes the verdict.',
    permission: 'work.edit',
    audit: 'controls.assign',
    cli: 'controls assign',
    noPage: 'The pages use controls assign-many, which takes one control as well as several.',
    proof: 'none',
    noVerifiedAccount: 'says who does it and by when, not that it was done',
  })
    .input(z.strictObject({ client: clientParam, control: controlParam, ...assignment }))
    .output(assignmentSchema),
  assignMany: post('/clients/{client}/controls/assignments', {
    title: 'Assign several controls',
    description: 'Each assignment is independent: what cannot be assigned is listed with the reason.',
    permission: 'work.edit',
    audit: 'controls.assign',
    cli: 'controls assign-many',
    proof: 'none',
    noVerifiedAccount: 'says who does it and by when, not that it was done',
  })
    .input(
      z.strictObject({
        client: clientParam,
        assignments: z
          .array(z.strictObject({ control: controlParam, ...assignment }))
          .min(1)
          .max(200),
      }),
    )
    .output(
      z.object({
        done: z.array(z.object({ control: z.string(), assignment: assignmentSchema })),
        refused: z.array(z.object({ control: z.string(), why: z.string() })),
      }),
    ),
  comment: post('/clients/{client}/controls/{control}/comments', {
    title: 'Comment on a control',
    description: 'Anyone who may see the control can read it. It changes no verdict.',
    permission: 'work.edit',
    audit: 'controls.comment',
    cli: 'controls comment',
    proof: 'none',
    noVerifiedAccount: 'words beside a control; no verdict reads them',
  })
    .input(z.strictObject({ client: clientParam, control: controlParam, text: commentText }))
    .output(commentSchema),
  editComment: put('/clients/{client}/controls/{control}/comments/{comment}', {
    title: 'Change or remove your comment',
    description:
      'Without text, the comment is removed; with text, it is restored. Only its author can do so.',
    permission: 'work.edit',
    audit: 'controls.comment.edit',
    cli: 'controls edit-comment',
    proof: 'none',
    noVerifiedAccount: 'words beside a control; no verdict reads them',
  })
    .input(
      z.strictObject({
        client: clientParam,
        control: controlParam,
        comment: z.string().min(1).max(80).describe('Id of the comment, from controls show'),
        version: z.number().int().min(1).describe('Version that was shown'),
        text: commentText.nullable().describe('null: it is removed'),
      }),
    )
    .output(commentSchema),
  table: download('/clients/{client}/controls/export', {
    title: 'Export the controls',
    permission: 'controls.read',
    cli: 'controls export',
    why: 'A tool reads the list itself.',
  }).input(z.object({ client: clientParam, format: tableFormat, ...filters })),
};

export type Cause = z.infer<typeof causeSchema>;
