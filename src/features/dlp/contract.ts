import { z } from 'zod';
import { CHECK_JUDGMENTS, CHECK_VERDICTS } from '#domain/dlp/decision.ts';
import { REACHES, UPLOAD_STATES } from '#domain/dlp/reach.ts';
import { CONFIDENCES, DLP_GROUPS } from '#domain/dlp/rules.ts';
import { clientParam, listOf, operationsOf, reasonParam } from '../operation.ts';
import { nextCursor, pageParams } from '../paging.ts';
import { proposedParam } from '../shared/watch-proposals.ts';
import { DLP_FILES } from './files.ts';
import { hookContract } from './hook/contract.ts';
import { icapContract } from './icap/contract.ts';
import { memberListContract } from './member-list-contract.ts';
import { prepareContract } from './prepare-contract.ts';
import {
  checkSchema,
  GUARDS,
  ownPatterns,
  sourceOf,
  thresholds,
  tuningFields,
  tuningSchema,
  versionShown,
} from './schemas.ts';

const incidentOf = z
  .string()
  .min(1)
  .max(80)
  .optional()
  .describe('Id of the incident that it is done for; its timeline gets it');
const { download, get, listed, post, put } = operationsOf({
  feature: 'Data loss prevention',
  scope: 'client',
  permission: 'charter.read',
});

export const dlpContract = {
  show: get('/clients/{client}/dlp', {
    title: 'Show what data loss prevention looks for',
    description:
      'Every rule with what it finds and what it does not, and how Purview can have it: a type of Microsoft, a type of the package, or not at all. The page that checks a file uses the same rules.',
    cli: 'dlp show',
    mcp: true,
    guide: ['G1.2-03', 'G4.1-06', 'G6.4-08', 'G6.4-10', 'G8-08', 'G8-09'],
  })
    .input(z.object({ client: clientParam }))
    .output(
      z.object({
        asOf: z.string(),
        version: z.string().describe('Changes with the rules; the package carries it'),
        rules: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            group: z.enum(DLP_GROUPS),
            atLeast: z.number().int().describe('Hits in one text from which on it matters'),
            lookOnly: z
              .boolean()
              .describe('Shown to a person who checks a file or prepares an export, and refused by no guard'),
            alone: z
              .enum(CONFIDENCES)
              .nullable()
              .describe('How sure it is without a word beside it; null: it is none then, or needs no word'),
            words: z.array(z.string()).describe('Words beside it, names or headings that make it one'),
            purview: z.enum(['built_in', 'package', 'none']),
            builtIn: z.string().nullable().describe('Name of the type of Microsoft'),
            misses: z.array(z.string()).describe('Texts in which it finds nothing'),
          }),
        ),
        channels: z
          .array(
            z.object({
              id: z.string(),
              title: z.string(),
              licensed: z.enum(['yes', 'no', 'unknown']),
              words: z.string().describe('Why the client has it or not'),
              own: z.enum(['yes', 'no', 'unknown']).describe('Sees a paste or upload to our own Claude'),
              personal: z.enum(['yes', 'no', 'unknown']).describe('The same with a personal account'),
              stops: z.enum(['yes', 'no', 'unknown']).describe('Can refuse what it sees'),
              says: z.string(),
              control: z.string().nullable().describe('Control that shows whether it is set up'),
              toGet: z.string().nullable().describe('What would bring it'),
              seen: z
                .object({
                  what: z.enum(REACHES),
                  count: z.number().int(),
                  looks: z
                    .number()
                    .int()
                    .describe('Of them where it was seen to look at what goes to Claude'),
                  managed: z
                    .number()
                    .int()
                    .nullable()
                    .describe(
                      'Of them in the list of managed devices; null: they are no devices, or it was not read',
                    ),
                  list: z
                    .array(
                      z.object({
                        name: z.string(),
                        last: z.string().describe('Date on which it was seen last'),
                        managed: z.boolean().nullable(),
                        looks: z.boolean(),
                      }),
                    )
                    .describe('The newest 200; people only for those who may read them'),
                })
                .nullable()
                .describe('Where it was seen at work in the last 90 days; null: nowhere that was read'),
            }),
          )
          .describe('What may see what people give to Claude, by plans and licenses of the client'),
        upload: z.object({
          state: z
            .enum(UPLOAD_STATES)
            .describe(
              'Whether an upload to a personal account would be seen: everywhere, on every managed device; partly; not_shown: licensed, and nothing shows it at work; open: nothing that sees personal accounts is there',
            ),
          managed: z.number().int().nullable().describe('Managed devices; null: they were not read'),
        }),
        check: z.string().describe('Address of the page that checks a file; it needs no one to be signed in'),
        files: z.array(z.object({ id: z.enum(DLP_FILES), name: z.string() })),
        sources: z.array(sourceOf),
      }),
    ),
  file: download('/clients/{client}/dlp/files/{file}', {
    title: 'Download the rules for Purview, or a file to test with',
    cli: 'dlp file',
    why: 'A file for a portal or a test; dlp show gives the rules.',
    guide: ['G6.4-08', 'G6.4-10'],
  }).input(z.object({ client: clientParam, file: z.enum(DLP_FILES) })),
  hook: hookContract,
  icap: icapContract,
  checks: get('/clients/{client}/dlp/checks', {
    title: 'List what the checks of content decided',
    description:
      'Newest first, each with the reference that the person received and the rules it rests on. None of the content is stored.',
    permission: 'activity.read',
    cli: 'dlp checks',
    mcp: true,
    list: { key: 'reference', paged: 'by handler', endless: true },
    guide: ['G7.2-16', 'G5.4-03', 'G8-09'],
  })
    .input(
      z.object({
        client: clientParam,
        reference: z.string().trim().min(1).max(50).optional().describe('Reference that a person was given'),
        verdict: z.enum(CHECK_VERDICTS).optional(),
        guard: z.enum(GUARDS).optional(),
        ...pageParams({ byDefault: 50, max: 500 }),
      }),
    )
    .output(z.object({ items: z.array(checkSchema), nextCursor })),
  judge: post('/clients/{client}/dlp/checks/{check}/judge', {
    title: 'Say whether a content check was right to raise an alarm',
    description:
      'Kept with the rules that raised the alarm and without the content, so rules can be tuned by what was right and what was not.',
    permission: 'detections.edit',
    audit: 'dlp.judge',
    cli: 'dlp judge',
    guide: ['G7.2-16'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        check: z.string().trim().min(1).max(50).describe('Reference of the decision, from dlp checks'),
        as: z.enum(CHECK_JUDGMENTS),
        note: z.string().trim().min(1).max(500).optional().describe('Why; never the content itself'),
      }),
    )
    .output(checkSchema),
  labels: listed('/clients/{client}/dlp/labels', {
    title: 'List how often people said that each rule was right',
    exportTitle: 'Export how often each rule was right',
    description:
      'From the judgments of decisions: right and false alarms of each rule, its precision, and what would spare false alarms. A decision that several rules had a part in counts for each. Nothing of any content.',
    permission: 'activity.read',
    cli: 'dlp labels list',
    mcp: true,
    list: { key: 'rule' },
    guide: ['G7.2-16'],
    filters: { client: clientParam },
    output: listOf(
      z.object({
        rule: z.string(),
        title: z.string(),
        right: z.number().int(),
        falseAlarms: z.number().int(),
        precision: z.number().describe('Share of judged decisions that were right, from 0 to 1'),
        atLeast: z.number().int().describe('Hits from which on it matters now'),
        off: z.boolean(),
        proposal: z
          .union([
            z.object({ do: z.literal('raise_threshold'), to: z.number().int() }),
            z.object({ do: z.enum(['turn_off', 'allow_values']) }),
          ])
          .nullable()
          .describe('null: too few false alarms to propose anything, or it is right often enough'),
      }),
    ).extend({
      decisions: z.number().int().describe('Judged decisions that were counted'),
      removed: z
        .number()
        .int()
        .describe('Of them those whose rules retention removed, so that they count nowhere'),
      isWhole: z.boolean().describe('false: there are more judgments than are counted, and the newest were'),
    }),
  }),
  memberList: memberListContract,
  prepare: prepareContract,
  try: post('/clients/{client}/dlp/try', {
    title: 'Try the data loss prevention rules on a made-up sample',
    description:
      'Searches it as the client’s guards would, with the stored or the proposed patterns, and says where they work. The sample is not kept. With an incident, its timeline shows what was found.',
    permission: 'detections.edit',
    audit: 'dlp.try',
    cli: 'dlp try',
    guide: ['G7.2-16'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        text: z.string().min(1).max(20_000).describe('A made-up sample, never a real secret'),
        patterns: ownPatterns
          .optional()
          .describe(
            'Patterns that are only proposed, in place of the stored ones; left out: as they are stored',
          ),
        incident: incidentOf,
      }),
    )
    .output(
      z.object({
        found: z
          .array(z.object({ rule: z.string(), title: z.string(), hits: z.number().int() }))
          .describe('Rules with as many hits as matter; empty: it would pass'),
        stored: z.boolean().describe('Tried with what is stored, which guards search with'),
        channels: z
          .array(
            z.object({
              id: z.enum(['inference_hook', 'icap', 'browser', 'purview']),
              state: z.enum(['refuses', 'watches', 'not_set_up', 'shows', 'by_hand']),
            }),
          )
          .describe('Where the rules work; by_hand: a portal that Bylaw does not see'),
      }),
    ),
  tuning: {
    show: get('/clients/{client}/dlp/tuning', {
      title: 'Show a client’s changes to the data loss prevention rules',
      cli: 'dlp tuning',
      mcp: true,
      guide: ['G7.2-16'],
    }).output(tuningSchema),
    set: put('/clients/{client}/dlp/tuning', {
      title: 'Change the data loss prevention rules for a client',
      description:
        'Rules that are off, forms of its member numbers, values that are no one’s, its own passwords and keys, and thresholds. All of them apply to the inference hook and the check at the proxy from the next prompt on; its own passwords and keys also apply when an export is prepared. The check that needs no sign-in belongs to no client and stays as it is. A change with which guards find less (a rule off, a higher threshold, more values that are no one’s, fewer forms or patterns) waits as a whole until someone else approves it; where no one else could, it counts at once and the record says that one person did it alone.',
      permission: 'detections.edit',
      audit: 'dlp.tuning.set',
      proof: 'fresh',
      cli: 'dlp set-tuning',
      guide: ['G7.2-16'],
    })
      .input(
        z.strictObject({
          client: clientParam,
          version: versionShown,
          ...tuningFields,
          patterns: ownPatterns
            .optional()
            .describe('Passwords and keys of the client’s own systems; left out: they stay as they are'),
          atLeast: thresholds
            .optional()
            .describe('Hits from which on a rule matters, by its id; left out: they stay as they are'),
          incident: incidentOf,
        }),
      )
      .output(tuningSchema),
    approve: post('/clients/{client}/dlp/tuning/approve', {
      title: 'Approve a change that lets data loss prevention find less',
      description: 'By someone other than who proposed it. It counts with the next prompt.',
      permission: 'detections.edit',
      audit: 'dlp.tuning.approve',
      proof: 'fresh',
      provenPerson: true,
      cli: 'dlp approve-tuning',
      guide: ['G7.2-16'],
    })
      .input(z.strictObject({ client: clientParam, proposed: proposedParam }))
      .output(tuningSchema),
    withdraw: post('/clients/{client}/dlp/tuning/withdraw', {
      title: 'Withdraw or refuse a proposed change to data loss prevention',
      description: 'The rules stay as they are.',
      permission: 'detections.edit',
      audit: 'dlp.tuning.withdraw',
      cli: 'dlp withdraw-tuning',
      guide: ['G7.2-16'],
    })
      .input(z.strictObject({ client: clientParam, proposed: proposedParam, reason: reasonParam }))
      .output(tuningSchema),
  },
};
