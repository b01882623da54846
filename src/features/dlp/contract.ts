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
  GUARD_SETTINGS,
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
  .describe('Id of the incident it is done for; it is added to the incident’s timeline');
const { download, get, listed, post, put } = operationsOf({
  feature: 'Data loss prevention',
  scope: 'client',
  permission: 'charter.read',
});

export const dlpContract = {
  show: get('/clients/{client}/dlp', {
    title: 'Show what data loss prevention looks for',
    description:
      'Every rule with what it finds and what it does not, and how Purview can use it: as a Microsoft type, as a type from the package, or not at all. The page that checks a file uses the same rules.',
    cli: 'dlp show',
    mcp: true,
    guide: ['G1.2-03', 'G4.1-06', 'G6.4-08', 'G6.4-10', 'G8-08', 'G8-09'],
    boundedBy: 'the rules that the catalogue has',
  })
    .input(z.object({ client: clientParam }))
    .output(
      z.object({
        asOf: z.string(),
        version: z.string().describe('Changes whenever the rules change; included in the package'),
        rules: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            group: z.enum(DLP_GROUPS),
            atLeast: z.number().int().describe('Number of hits in one text from which the rule applies'),
            lookOnly: z
              .boolean()
              .describe(
                'Whether it is only shown to people who check a file or prepare an export; no guard refuses it',
              ),
            alone: z
              .enum(CONFIDENCES)
              .nullable()
              .describe(
                'Confidence without a context word; null: it does not match without one, or needs none',
              ),
            words: z.array(z.string()).describe('Context words, names or headings that make it a match'),
            purview: z.enum(['built_in', 'package', 'none']),
            builtIn: z.string().nullable().describe('Name of Microsoft’s type; null: it has none'),
            misses: z.array(z.string()).describe('Texts it must not match'),
          }),
        ),
        channels: z
          .array(
            z.object({
              id: z.string(),
              title: z.string(),
              licensed: z.enum(['yes', 'no', 'unknown']),
              words: z.string().describe('Why the client has it, or does not'),
              own: z
                .enum(['yes', 'no', 'unknown'])
                .describe('Whether it sees a paste or upload to the client’s own Claude'),
              personal: z
                .enum(['yes', 'no', 'unknown'])
                .describe('Whether it sees one to a personal account'),
              stops: z.enum(['yes', 'no', 'unknown']).describe('Whether it can block what it sees'),
              says: z.string(),
              control: z
                .string()
                .nullable()
                .describe('Id of the control that shows whether it is set up; null: none'),
              toGet: z
                .string()
                .nullable()
                .describe('What would provide it; null: the catalogue does not say'),
              seen: z
                .object({
                  what: z.enum(REACHES),
                  count: z.number().int(),
                  looks: z
                    .number()
                    .int()
                    .describe('Of these, where it was seen to inspect what goes to Claude'),
                  managed: z
                    .number()
                    .int()
                    .nullable()
                    .describe(
                      'Of these, in the list of managed devices; null: these are not devices, or the list was not read',
                    ),
                  list: z
                    .array(
                      z.object({
                        name: z.string(),
                        last: z.string().describe('Date it was last seen'),
                        managed: z
                          .boolean()
                          .nullable()
                          .describe(
                            'Whether it is among the managed devices; null: it is not a device, or the list was not read',
                          ),
                        looks: z.boolean(),
                      }),
                    )
                    .describe('The newest 200; with people only if you may see them'),
                })
                .nullable()
                .describe(
                  'Where it was seen working in the last 90 days; null: nowhere in the data that was read',
                ),
            }),
          )
          .describe('What could see what people give to Claude, given the client’s plan and licenses'),
        upload: z.object({
          state: z
            .enum(UPLOAD_STATES)
            .describe(
              'Whether an upload to a personal account would be seen. everywhere: on every managed device; partly: on some; not_shown: licensed, but nothing shows that it works; open: nothing sees personal accounts',
            ),
          managed: z.number().int().nullable().describe('Number of managed devices; null: not read'),
        }),
        check: z.string().describe('Address of the page that checks a file; it works without signing in'),
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
  guards: {
    approve: post('/clients/{client}/dlp/guards/approve', {
      title: 'Approve a change that lets a guard see or refuse less',
      description:
        'A change to the inference hook, the check at the proxy or the index of the member list, approved by someone other than the person who proposed it. It takes effect with the next request.',
      permission: 'detections.edit',
      audit: 'dlp.guards.approve',
      proof: 'fresh',
      verifiedAccount: true,
      cli: 'dlp approve-guard',
      guide: ['G7.2-16'],
    })
      .input(z.strictObject({ client: clientParam, proposed: proposedParam }))
      .output(z.object({ guard: z.enum(GUARD_SETTINGS) })),
    withdraw: post('/clients/{client}/dlp/guards/withdraw', {
      title: 'Withdraw or refuse a proposed change to a guard',
      description: 'The guard stays as it is. A signing secret that waited no longer counts.',
      permission: 'detections.edit',
      audit: 'dlp.guards.withdraw',
      cli: 'dlp withdraw-guard',
      guide: ['G7.2-16'],
      proof: 'none',
    })
      .input(z.strictObject({ client: clientParam, proposed: proposedParam, reason: reasonParam }))
      .output(z.object({ guard: z.enum(GUARD_SETTINGS) })),
  },
  checks: get('/clients/{client}/dlp/checks', {
    title: 'List what the checks of content decided',
    description:
      'Newest first, each with the reference that the person received and the rules it is based on. None of the content is stored.',
    permission: 'activity.read',
    cli: 'dlp checks',
    mcp: true,
    list: { key: 'reference', paged: 'by handler', endless: true },
    guide: ['G7.2-16', 'G5.4-03', 'G8-09'],
  })
    .input(
      z.object({
        client: clientParam,
        reference: z.string().trim().min(1).max(50).optional().describe('Reference the person was given'),
        verdict: z.enum(CHECK_VERDICTS).optional(),
        guard: z.enum(GUARDS).optional(),
        ...pageParams({ byDefault: 50, max: 500 }),
      }),
    )
    .output(z.object({ items: z.array(checkSchema), nextCursor })),
  judge: post('/clients/{client}/dlp/checks/{check}/judge', {
    title: 'Say whether a content check was right to raise an alarm',
    description:
      'Kept with the rules that raised the alarm and without the content, so that rules can be tuned by which alarms were right.',
    permission: 'detections.edit',
    audit: 'dlp.judge',
    cli: 'dlp judge',
    guide: ['G7.2-16'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        check: z.string().trim().min(1).max(50).describe('Reference of the decision, from dlp checks'),
        as: z.enum(CHECK_JUDGMENTS),
        note: z.string().trim().min(1).max(500).optional().describe('Reason; never the content itself'),
      }),
    )
    .output(checkSchema),
  labels: listed('/clients/{client}/dlp/labels', {
    title: 'List how often people said that each rule was right',
    exportTitle: 'Export how often each rule was right',
    description:
      'Based on the reviews of decisions: right and false alarms of each rule, its precision, and what would avoid false alarms. A decision that several rules contributed to counts for each. No content is included.',
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
        precision: z.number().describe('Share of reviewed decisions that were right, from 0 to 1'),
        atLeast: z.number().int().describe('Current number of hits from which the rule applies'),
        off: z.boolean(),
        proposal: z
          .union([
            z.object({ do: z.literal('raise_threshold'), to: z.number().int() }),
            z.object({ do: z.enum(['turn_off', 'allow_values']) }),
          ])
          .nullable()
          .describe('null: too few false alarms to propose a change, or it is right often enough'),
      }),
    ).extend({
      decisions: z.number().int().describe('Number of reviewed decisions that were counted'),
      removed: z
        .number()
        .int()
        .describe('Of these, decisions whose rules retention removed, so they are counted for no rule'),
      isWhole: z.boolean().describe('false: there are more reviewed decisions; only the newest were counted'),
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
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        text: z.string().min(1).max(20_000).describe('A made-up sample, never a real secret'),
        patterns: ownPatterns
          .optional()
          .describe('Proposed patterns to use instead of the stored ones; left out: the stored ones'),
        incident: incidentOf,
      }),
    )
    .output(
      z.object({
        found: z
          .array(z.object({ rule: z.string(), title: z.string(), hits: z.number().int() }))
          .describe('Rules with enough hits to apply; empty: the text would pass'),
        stored: z
          .boolean()
          .describe('Whether this is the result with the stored patterns, which the guards use'),
        channels: z
          .array(
            z.object({
              id: z.enum(['inference_hook', 'icap', 'browser', 'purview']),
              state: z.enum(['refuses', 'watches', 'not_set_up', 'shows', 'by_hand']),
            }),
          )
          .describe('Where the rules are used; by_hand: a portal that Bylaw cannot see'),
      }),
    ),
  tuning: {
    show: get('/clients/{client}/dlp/tuning', {
      title: 'Show a client’s changes to the data loss prevention rules',
      cli: 'dlp tuning',
      mcp: true,
      guide: ['G7.2-16'],
      boundedBy: 'what one client changed, 50 patterns at most',
    }).output(tuningSchema),
    set: put('/clients/{client}/dlp/tuning', {
      title: 'Change the data loss prevention rules for a client',
      description:
        'Rules that are off, formats of member numbers, values that belong to no person, the client’s own passwords and keys, and thresholds. All of them apply to the inference hook and the check at the proxy from the next prompt on; the client’s own passwords and keys also apply when an export is prepared. The check that needs no sign-in belongs to no client and stays as it is. A change that lets guards find less (a rule off, a higher threshold, more values that belong to no person, fewer formats or patterns) waits as a whole until someone else approves it. If no one else could, it takes effect at once, and the record says that one person did it alone.',
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
            .describe('Passwords and keys of the client’s own systems; left out: unchanged'),
          atLeast: thresholds
            .optional()
            .describe('Number of hits from which a rule applies, by rule id; left out: unchanged'),
          incident: incidentOf,
        }),
      )
      .output(tuningSchema),
    approve: post('/clients/{client}/dlp/tuning/approve', {
      title: 'Approve a change that lets data loss prevention find less',
      description: 'By someone other than the person who proposed it. It takes effect with the next prompt.',
      permission: 'detections.edit',
      audit: 'dlp.tuning.approve',
      proof: 'fresh',
      verifiedAccount: true,
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
      proof: 'none',
    })
      .input(z.strictObject({ client: clientParam, proposed: proposedParam, reason: reasonParam }))
      .output(tuningSchema),
  },
};
