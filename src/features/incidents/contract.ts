import { z } from 'zod';
import { OWN_STEP_WHO, ownTypeSchema } from '#domain/incidents/own-type.ts';
import { STRICTER } from '#domain/incidents/permissions.ts';
import { groupOf } from '#domain/model/bounded.ts';
import { DATA_CLASSES } from '#domain/model/catalogue.ts';
import { day } from '#domain/model/day-schema.ts';
import { clientParam, listOf, operationsOf, versionParam } from '../operation.ts';
import { ownerText } from '../owners/schemas.ts';
import { paperParam, sha256Param, signedFile } from '../shared/file-parts.ts';
import {
  INCIDENT_SEVERITIES,
  incidentLine,
  incidentSchema,
  ORIGINS,
  OUTCOMES,
  typeSchema,
} from './schemas.ts';

const { download, get, listed, post, put } = operationsOf({ feature: 'Incidents', scope: 'client' });
const incident = z.string().min(1).max(80).describe('Id from incidents list');
const step = z.string().min(1).max(80).describe('Id of a step, from incidents show');
const reason = z.string().trim().min(3, 'Briefly say why.').max(4000);
const moment = z.iso.datetime({ offset: true }).max(40);
const short = z.string().trim().max(300);
const long = z.string().trim().max(1_000);
const answers = groupOf(z.string().max(80), z.string().trim().max(4000), 40);
const about = {
  person: short
    .nullable()
    .optional()
    .describe('Email address or name of the person it is about; null: no one'),
  connector: short.nullable().optional(),
  fileName: long.nullable().optional().describe('Names of files; null: not reported'),
  pattern: long
    .nullable()
    .optional()
    .describe('Names of the rules or policies that matched, never the matched text; null: not reported'),
  device: long.nullable().optional().describe('Name of the device; null: not reported'),
  data: z.array(z.enum(DATA_CLASSES)).max(DATA_CLASSES.length).optional().describe('Kinds of data involved'),
  session: short.nullable().optional().describe('Session id, as reported by the source; null: not reported'),
  happened: moment.nullable().optional().describe('When it happened; null: not known'),
};
const one = { client: clientParam, incident, version: versionParam };
const ownType = {
  client: clientParam,
  incidentType: z.string().min(1).max(80).describe('Id from incidents types'),
  version: versionParam,
};
const ownTypesAnswer = z.object({ types: z.array(typeSchema) });

export const incidentsContract = {
  types: get('/clients/{client}/incident-types', {
    title: 'List the types of incident',
    description: 'Each has a playbook. For an alert, the types proposed for it come first.',
    permission: 'incidents.read',
    cli: 'incidents types',
    mcp: true,
    guide: ['G7.2-00'],
    boundedBy: 'the types that the catalogue has',
  })
    .input(
      z.object({
        client: clientParam,
        alert: z.string().max(80).optional(),
        report: z.string().max(80).optional().describe('Id of a report from staff'),
        defender: z
          .string()
          .max(400)
          .optional()
          .describe('Id of a Defender alert, from microsoft-tenant show'),
      }),
    )
    .output(
      z.object({
        types: z.array(typeSchema),
        from: z
          .object({
            title: z.string(),
            summary: z.string(),
            person: z.string().nullable().describe('null: no one is named'),
            connector: z.string().nullable().describe('null: none is named'),
            fileName: z.string().nullable().describe('null here and in the next two fields: not reported'),
            pattern: z
              .string()
              .nullable()
              .describe('Names of the rules or policies that matched; null: not reported'),
            device: z.string().nullable().describe('null: not reported'),
            session: z.string().nullable().describe('null: not reported'),
            happened: z.string().nullable().describe('When it happened; null: not known'),
            already: z
              .object({ id: z.string(), code: z.string() })
              .nullable()
              .describe('Open incident about the same; null: none'),
          })
          .nullable()
          .describe(
            'Facts from the alert, or from the report and the person’s activity log; null: none was given',
          ),
        who: z
          .array(z.object({ id: z.enum(OWN_STEP_WHO), words: z.string() }))
          .describe('People a step can be assigned to by default'),
        people: z.array(z.object({ name: z.string(), email: z.string() })),
        sandbox: z
          .boolean()
          .describe('Whether the client is the sandbox, where everything opened is a drill'),
      }),
    ),
  ownTypes: {
    add: post('/clients/{client}/incident-types', {
      title: 'Define a type of incident',
      description:
        'With criteria, severity and the steps of its playbook. Steps to notify members and to record lessons are added.',
      permission: 'incidents.lead',
      audit: 'incidents.type.add',
      cli: 'incidents own-types add',
      guide: ['G7.2-00'],
      proof: 'none',
    })
      .input(z.strictObject({ client: clientParam, type: ownTypeSchema }))
      .output(ownTypesAnswer),
    change: put('/clients/{client}/incident-types/{incidentType}', {
      title: 'Change a type of incident that was defined here',
      description: 'Open incidents keep the playbook they were opened with.',
      permission: 'incidents.lead',
      audit: 'incidents.type.change',
      cli: 'incidents own-types change',
      proof: 'none',
    })
      .input(z.strictObject({ ...ownType, type: ownTypeSchema }))
      .output(ownTypesAnswer),
    remove: post('/clients/{client}/incident-types/{incidentType}/remove', {
      title: 'Remove a type of incident that was defined here',
      description: 'Incidents of this type stay as they are.',
      permission: 'incidents.lead',
      audit: 'incidents.type.remove',
      cli: 'incidents own-types remove',
      proof: 'none',
    })
      .input(z.strictObject(ownType))
      .output(ownTypesAnswer),
  },
  ...listed('/clients/{client}/incidents', {
    title: 'List incidents',
    exportTitle: 'Export incidents',
    description: 'Open ones come first, newest first. Drills are listed separately.',
    permission: 'incidents.read',
    cli: 'incidents list',
    mcp: true,
    guide: ['G7.2-00'],
    list: { key: 'id' },
    filters: {
      client: clientParam,
      state: z.enum(['open', 'closed', 'all']).default('all'),
      drill: z.enum(['no', 'yes']).default('no').describe('yes: drills instead of incidents'),
    },
    output: listOf(incidentLine).extend({
      counts: z.object({ open: z.number().int(), closed: z.number().int(), drills: z.number().int() }),
      may: z.object({ lead: z.boolean() }),
    }),
  }),
  open: post('/clients/{client}/incidents', {
    title: 'Open an incident or a drill',
    description:
      'Keeps the playbook as it is now and collects what Bylaw holds as evidence. In the sandbox it is a drill.',
    permission: 'incidents.lead',
    audit: 'incidents.open',
    cli: 'incidents open',
    guide: ['G7.2-00', 'G7.2-01', 'G7.2-05', 'G7.2-09', 'G7.2-13', 'G7.2-17'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        type: z.string().min(1).max(80).describe('Id from incidents types'),
        title: short.min(3, 'Give it a short name.'),
        summary: reason.describe('What is known so far'),
        ...about,
        noticed: moment.optional().describe('When the deadlines start; left out: now'),
        lead: ownerText.optional().describe('Who leads it; left out: you'),
        drill: z.boolean().default(false),
        origin: z.enum(ORIGINS).default('hand'),
        originId: z
          .string()
          .max(400)
          .optional()
          .describe(
            'Id of the alert in Bylaw or Defender, id of the report from staff, key of the difference from the charter, address of the personal account, or key of the permission from microsoft-connector show',
          ),
      }),
    )
    .output(incidentSchema),
  get: get('/clients/{client}/incidents/{incident}', {
    title: 'Show an incident with its steps, timeline and evidence',
    permission: 'incidents.read',
    cli: 'incidents show',
    mcp: true,
    guide: ['G7.2-03', 'G7.2-06', 'G7.2-18'],
    boundedBy: 'one incident, with its steps and no more than 200 calls',
  })
    .input(z.object({ client: clientParam, incident }))
    .output(incidentSchema),
  edit: put('/clients/{client}/incidents/{incident}', {
    title: 'Change what an incident is about, or who leads it',
    permission: 'incidents.lead',
    audit: 'incidents.edit',
    cli: 'incidents edit',
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        title: short.min(3).optional(),
        summary: reason.optional(),
        severity: z.enum(INCIDENT_SEVERITIES).optional(),
        lead: ownerText.optional(),
        ...about,
      }),
    )
    .output(incidentSchema),
  note: post('/clients/{client}/incidents/{incident}/notes', {
    title: 'Add a note to the timeline of an incident',
    permission: 'incidents.lead',
    audit: 'incidents.note',
    cli: 'incidents note',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, incident, note: reason }))
    .output(incidentSchema),
  collect: post('/clients/{client}/incidents/{incident}/evidence', {
    title: 'Collect the evidence of an incident again',
    description: 'What was collected before stays.',
    permission: 'incidents.lead',
    audit: 'incidents.collect',
    cli: 'incidents collect',
    guide: ['G7.2-03'],
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, incident }))
    .output(incidentSchema),
  step: put('/clients/{client}/incidents/{incident}/steps/{step}', {
    title: 'Record a step of an incident',
    description:
      'Anything left out stays as it is. A step is done only once its questions are answered. A containment step needs proof before the incident can be closed.',
    permission: 'incidents.lead',
    audit: 'incidents.step',
    cli: 'incidents step',
    guide: ['G7.2-04', 'G7.2-08', 'G7.2-11', 'G7.2-12', 'G7.2-14', 'G7.2-15', 'G7.2-19', 'G7.2-20'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        step,
        state: z
          .enum(['open', 'done', 'leave_out'])
          .optional()
          .describe('leave_out: skip it, with a reason, if the playbook allows it'),
        reason: reason.optional(),
        owner: ownerText.optional(),
        due: moment.optional(),
        answers: answers.optional().describe('Answers by question id; every question has to be answered'),
        list: z.array(answers).max(1_000).optional().describe('All entries of its list'),
        none: z.boolean().optional().describe('States that the list is empty'),
        files: z
          .array(sha256Param)
          .max(50)
          .optional()
          .describe('SHA-256 of each evidence file of the client'),
        lessons: z
          .array(
            z.strictObject({
              text: reason,
              draft: z
                .string()
                .max(80)
                .nullable()
                .default(null)
                .describe('Id of a draft of the charter; null: none'),
              control: z
                .string()
                .max(20)
                .nullable()
                .default(null)
                .describe('Id of a control, for example CLA-CON-09; null: none'),
              owner: ownerText.optional().describe('Who the control is assigned to; null: no one'),
              due: day.nullable().optional().describe('Due date; null: none'),
            }),
          )
          .max(50)
          .optional(),
      }),
    )
    .output(incidentSchema),
  tighten: post('/clients/{client}/incidents/{incident}/steps/{step}/permissions', {
    title: 'Propose stricter permissions from an incident',
    description:
      'Starts a draft of the charter, or continues the open one. It comes into force only once someone else approves it; the step follows each permission until then and until a later reading shows it.',
    permission: 'incidents.lead',
    audit: 'incidents.tighten',
    cli: 'incidents tighten',
    guide: ['G7.2-20'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        step,
        cells: z
          .array(
            z.strictObject({
              row: z.string().min(1).max(400).describe('Row of an action, from incidents show'),
              permission: z.enum(STRICTER),
            }),
          )
          .min(1)
          .max(50),
        reason,
      }),
    )
    .output(incidentSchema),
  agree: post('/clients/{client}/incidents/{incident}/steps/{step}/agree', {
    title: 'Agree to skip a step',
    description:
      'By someone other than the person who asked, and not by the person whom the incident is about.',
    permission: 'incidents.close',
    audit: 'incidents.agree',
    verifiedAccount: true,
    cli: 'incidents agree',
    guide: ['G7.2-04'],
    proof: 'none',
  })
    .input(z.strictObject({ ...one, step, reason }))
    .output(incidentSchema),
  close: post('/clients/{client}/incidents/{incident}/close', {
    title: 'Close an incident',
    description:
      'resolved: every step is settled and containment is proved; false_alarm: it was not an incident, as decided by someone who neither opened nor ever led it. The person it is about cannot close it.',
    permission: 'incidents.close',
    audit: 'incidents.close',
    verifiedAccount: true,
    proof: 'fresh',
    cli: 'incidents close',
    guide: ['G7.2-19'],
  })
    .input(z.strictObject({ ...one, as: z.enum(OUTCOMES), reason }))
    .output(incidentSchema),
  reopen: post('/clients/{client}/incidents/{incident}/reopen', {
    title: 'Open a closed incident again',
    permission: 'incidents.lead',
    audit: 'incidents.reopen',
    cli: 'incidents reopen',
    proof: 'none',
  })
    .input(z.strictObject({ ...one, reason }))
    .output(incidentSchema),
  report: {
    make: post('/clients/{client}/incidents/{incident}/reports', {
      title: 'Make the signed report of an incident',
      description:
        'A PDF of what happened, every step, the evidence and the timeline, signed by this server and kept as evidence. Confidential answers are left out.',
      permission: 'incidents.lead',
      audit: 'incidents.report',
      cli: 'incidents report make',
      guide: ['G7.2-01'],
      proof: 'none',
    })
      .input(
        z.strictObject({
          client: clientParam,
          incident,
          paper: paperParam,
        }),
      )
      .output(signedFile),
    file: download('/clients/{client}/incidents/{incident}/reports/{sha256}', {
      title: 'Download a report of an incident',
      permission: 'incidents.read',
      cli: 'incidents report file',
      why: 'A file for a person; incidents show gives the same.',
    }).input(
      z.object({
        client: clientParam,
        incident,
        sha256: sha256Param.describe('From incidents show'),
      }),
    ),
    page: download('/clients/{client}/incidents/{incident}/report', {
      title: 'Download the report of an incident as a page',
      permission: 'incidents.read',
      cli: 'incidents report page',
      why: 'A file for a person; incidents show gives the same.',
    }).input(z.object({ client: clientParam, incident })),
  },
};
