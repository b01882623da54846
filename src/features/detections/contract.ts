import { z } from 'zod';
import { ALERT_LEVELS } from '#domain/detections/alert-words.ts';
import { clientParam, instant, listOf, operationsOf, reasonParam } from '../operation.ts';
import { pageParams } from '../paging.ts';

const { download, get, post, put } = operationsOf({ feature: 'Detections', scope: 'client' });
const detection = z.string().max(20).describe('Id of a detection, for example CLA-DET-07');

const proposal = z.string().min(1).max(80).describe('Id of the proposed change, from detections list');

const detectionSchema = z.object({
  id: z.string(),
  title: z.string(),
  purpose: z.string(),
  level: z.enum(ALERT_LEVELS),
  on: z.boolean(),
  byDefault: z.boolean().describe('Whether it is on by default'),
  works: z.object({
    can: z.enum(['yes', 'no', 'unknown']),
    why: z
      .string()
      .nullable()
      .describe(
        'Why it cannot raise alerts for this client, or which of its sources is incomplete; null: neither',
      ),
    plan: z
      .enum(['enterprise'])
      .nullable()
      .describe('Claude plan it needs and the client does not have; null: that is not the reason'),
  }),
  number: z
    .object({
      what: z.string(),
      value: z.number(),
      shipped: z.number(),
      min: z.number(),
      max: z.number(),
      whole: z.boolean(),
    })
    .nullable()
    .describe('What can be tuned; null: nothing'),
  history: z
    .object({
      value: z.number().int(),
      shipped: z.number().int(),
      min: z.number().int(),
      max: z.number().int(),
    })
    .nullable()
    .describe('Days of history required before anyone is compared, which can be tuned as well; null: none'),
  open: z.number().int().describe('Number of open alerts'),
  all: z.number().int().describe('Number of alerts so far, not counting withdrawn or merged ones'),
  blind: z.string(),
  falsePositives: z.array(z.string()),
  playbook: z.array(
    z.object({
      do: z.string(),
      where: z.string().nullable().describe('Where to do it; null: no particular place'),
    }),
  ),
  guide: z.array(z.string()),
  sources: z.array(z.object({ title: z.string(), url: z.string(), read: z.string() })),
  changed: z
    .object({
      by: z.string(),
      approvedBy: z
        .string()
        .nullable()
        .describe(
          'Second person who approved a change that makes the detection find less; null: no one had to',
        ),
      at: instant,
      reason: z.string(),
    })
    .nullable()
    .describe('Latest change; null: unchanged since it shipped'),
  proposed: z
    .object({
      id: z.string(),
      on: z.boolean(),
      number: z.number().nullable().describe('null: the detection has no number that can be tuned'),
      history: z
        .number()
        .int()
        .nullable()
        .describe('Minimum days of history; null: the detection needs none'),
      by: z.string(),
      at: instant,
      reason: z.string(),
      may: z.object({
        approve: z.boolean(),
        why: z.string().nullable().describe('Why you cannot; null: you can'),
      }),
    })
    .nullable()
    .describe('A change that would make the detection find less, waiting for a second person; null: none'),
  version: z.number().int().describe('0: unchanged since it shipped'),
});

export const detectionsContract = {
  list: get('/clients/{client}/detections', {
    title: 'List the detections with their status for a client',
    permission: 'alerts.read',
    cli: 'detections list',
    mcp: true,
    guide: ['G7.1-04', 'G7.1-05', 'G7.1-06'],
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(
      listOf(detectionSchema).extend({
        people: z.number().int().describe('Number of people active in the last 28 days'),
        silences: z.array(
          z.object({
            id: z.string(),
            detection: z.string(),
            about: z.string(),
            reason: z.string(),
            until: z.string(),
            by: z.string(),
          }),
        ),
        undetected: z
          .array(
            z.object({
              id: z.string(),
              title: z.string(),
              because: z.string(),
              instead: z.string(),
              control: z.object({ id: z.string(), short: z.string() }),
            }),
          )
          .describe('What no detection can find in Claude’s records, and what finds it instead'),
        may: z.object({ edit: z.boolean(), decide: z.boolean() }),
      }),
    ),
  change: put('/clients/{client}/detections/{detection}', {
    title: 'Switch a detection on or off, or tune its numbers',
    description:
      'Applies to events that arrive from then on; existing alerts stay as they are. A change that lets the detection find less (off, a looser number, more history) waits until someone else approves it. If no one else could, it takes effect at once, and the record says that one person did it alone. A person named in an alert of the detection in the last 90 days can only turn the detection on.',
    permission: 'detections.edit',
    audit: 'detections.change',
    proof: 'fresh',
    verifiedAccount: true,
    cli: 'detections change',
    guide: ['G7.1-05', 'G7.1-06'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        detection,
        version: z.number().int().min(0).describe('Version that was shown; 0: nothing was changed yet'),
        on: z.boolean().optional().describe('Left out: unchanged'),
        number: z.number().optional().describe('Value within the detection’s bounds; left out: unchanged'),
        history: z
          .number()
          .int()
          .optional()
          .describe('Minimum days of history, within the detection’s bounds; left out: unchanged'),
        reason: reasonParam,
      }),
    )
    .output(detectionSchema),
  approve: post('/clients/{client}/detections/{detection}/approve', {
    title: 'Approve a change that lets a detection find less',
    description:
      'By someone other than the person who proposed it. Refused if an alert of the detection in the last 90 days is about either of them.',
    permission: 'detections.edit',
    audit: 'detections.approve',
    proof: 'fresh',
    verifiedAccount: true,
    cli: 'detections approve',
    guide: ['G7.1-05', 'G7.1-06'],
  })
    .input(z.strictObject({ client: clientParam, detection, proposal }))
    .output(detectionSchema),
  withdraw: post('/clients/{client}/detections/{detection}/withdraw', {
    title: 'Withdraw or refuse a proposed change to a detection',
    description: 'The detection stays as it is.',
    permission: 'detections.edit',
    audit: 'detections.withdraw',
    cli: 'detections withdraw',
    guide: ['G7.1-05'],
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, detection, proposal, reason: reasonParam }))
    .output(detectionSchema),
  try: get('/clients/{client}/detections/{detection}/try', {
    title: 'Try a detection on the last 90 days',
    description:
      'Shows what it would have raised, with the charter, roster, domains, hours and holidays of each event’s own time. Nothing is stored.',
    permission: 'alerts.read',
    cli: 'detections try',
    mcp: true,
    guide: ['G7.1-05', 'G7.1-06'],
    list: { key: ['first', 'last', 'words'] },
  })
    .input(
      z.object({
        client: clientParam,
        detection,
        number: z.coerce.number().optional().describe('A different number than the one in force'),
        history: z.coerce
          .number()
          .int()
          .optional()
          .describe('A different number of days of history than the one in force'),
        ...pageParams(),
      }),
    )
    .output(
      listOf(
        z.object({
          words: z.string(),
          first: instant,
          last: instant,
          count: z.number().int(),
        }),
      ).extend({
        detection: z.string(),
        since: z.string().describe('First day that was searched'),
        looked: z.number().int().describe('Number of events that were searched'),
        cut: z
          .boolean()
          .describe('Whether the log has more events than one search covers; the oldest were left out'),
        works: detectionSchema.shape.works,
      }),
    ),
  endSilence: post('/clients/{client}/detection-silences/{silence}/end', {
    title: 'End a silence now',
    permission: 'alerts.decide',
    audit: 'detections.end_silence',
    cli: 'detections end-silence',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(
      z.strictObject({
        client: clientParam,
        silence: z.string().min(1).max(80).describe('Id from detections list'),
        reason: reasonParam,
      }),
    )
    .output(z.object({ ended: z.literal(true) })),
  sigma: download('/clients/{client}/detections/sigma', {
    title: 'Download the detections as Sigma rules',
    description:
      'One YAML file with a document for each detection that is on, or an archive with a file for each, with this client’s numbers, in the form that Sigma tools read to write rules for a SIEM. What Bylaw adds is under the custom key “bylaw”.',
    permission: 'alerts.read',
    cli: 'detections sigma',
    why: 'A file for a SIEM; detections list gives the same.',
  }).input(
    z.object({
      client: clientParam,
      format: z
        .enum(['yaml', 'zip'])
        .default('yaml')
        .describe(
          'yaml: one file with one document per detection; zip: an archive with one file per detection',
        ),
    }),
  ),
};
