import { z } from 'zod';
import { PERMISSIONS } from '#domain/connectors/order.ts';
import { BLOCKING_MEANS, MEANS_STATES } from '#domain/incidents/means.ts';
import { ownTypeSchema } from '#domain/incidents/own-type.ts';
import { FOLLOWED_STATES, STRICTER } from '#domain/incidents/permissions.ts';
import { GAPS, PROOF_STATES, STEP_STATES } from '#domain/incidents/status.ts';
import { DATA_CLASSES, EFFECTS } from '#domain/model/catalogue.ts';
import { ABOUT, CONTAINMENTS, FIELD_KINDS, STEP_KINDS } from '#domain/model/playbook.ts';
import { instant } from '../operation.ts';
import { ownerShown } from '../owners/schemas.ts';
import { citedClause } from '../policy/schemas.ts';
import { stampShown } from '../time-stamps/schemas.ts';

export const ORIGINS = ['alert', 'defender', 'drift', 'staff', 'register', 'grant', 'hand'] as const;
export const INCIDENT_SEVERITIES = ['critical', 'high', 'medium'] as const;
export const OUTCOMES = ['resolved', 'false_alarm'] as const;

const doneBy = z.object({ by: z.string(), at: instant }).nullable();

export const typeSchema = z.object({
  id: z.string(),
  title: z.string(),
  story: z.string(),
  criteria: z.array(z.string()),
  severity: z.enum(INCIDENT_SEVERITIES),
  about: z.array(z.enum(ABOUT)),
  revised: z.string(),
  steps: z.number().int(),
  guide: z.boolean().describe('One of the types that the guide names'),
  proposed: z.boolean().describe('Its playbook is proposed for the alert that was named'),
  own: z
    .object({ type: ownTypeSchema, version: z.number().int() })
    .nullable()
    .describe('As the client defined it; null: it is of the catalogue'),
});

export const incidentLine = z.object({
  id: z.string(),
  code: z.string().describe('INC-0012, of a drill DRL-0012'),
  title: z.string(),
  type: z.string().describe('Title of the playbook'),
  severity: z.enum(INCIDENT_SEVERITIES),
  drill: z.boolean().describe('An exercise: it counts as no incident'),
  state: z.enum(['open', 'closed']),
  outcome: z.enum(OUTCOMES).nullable(),
  lead: ownerShown,
  person: z.string().nullable(),
  connector: z.string().nullable(),
  fileName: z.string().nullable().describe('Names of files; null, here and in the next two: not reported'),
  pattern: z.string().nullable().describe('What was found, by the names of rules or policies'),
  device: z.string().nullable(),
  data: z.array(z.enum(DATA_CLASSES)).describe('Kinds of data that it is about; empty: not known yet'),
  noticed: instant,
  opened: z.object({ by: z.string(), at: instant }),
  closed: doneBy,
  steps: z.object({
    all: z.number().int(),
    settled: z.number().int(),
    overdue: z.number().int().describe('Not settled, and their time is past'),
  }),
  onWord: z
    .array(z.string())
    .describe(
      'Who stated containments that no reading showed when it was closed; empty: no one, or it is open',
    ),
  next: instant.nullable().describe('When the next step is due; null: every step is settled'),
});

const answers = z.record(z.string(), z.string());

const fieldShown = z.object({
  id: z.string(),
  asks: z.string(),
  kind: z.enum(FIELD_KINDS),
  options: z.array(z.object({ id: z.string(), words: z.string(), open: z.boolean() })),
  required: z.boolean(),
  when: z.object({ field: z.string(), is: z.array(z.string()) }).nullable(),
});

export const gapShown = z.object({
  step: z.string(),
  code: z.enum(GAPS),
  words: z.string(),
});

const permission = z.enum(PERMISSIONS);
const observedState = z.enum(['off', ...PERMISSIONS]);

export const permissionsShown = z.object({
  governed: z.boolean().describe('A charter that names connectors is in force'),
  followed: z
    .array(
      z.object({
        row: z.string().describe('Row of the matrix of connectors'),
        label: z.string(),
        from: permission.describe('What the charter in force came to then'),
        to: permission,
        reason: z.string(),
        by: z.string(),
        at: instant,
        draft: z
          .object({ id: z.string(), title: z.string() })
          .nullable()
          .describe('Draft of the charter that has it; null: the charter in force had it already'),
        state: z
          .enum(FOLLOWED_STATES)
          .nullable()
          .describe(
            'seen: in force, and a later reading shows it; wider: a later reading shows that Claude lets more through; called: a later reading shows it as blocked, and it ran after that; of a closed incident as it was at the closing; null: that was not kept',
          ),
        words: z.array(z.string()),
      }),
    )
    .describe('Stricter permissions that were proposed from the step'),
  offered: z
    .array(
      z.object({
        row: z.string(),
        label: z.string(),
        effect: z.enum(EFFECTS),
        charter: permission,
        observed: z.object({ state: observedState, on: z.string() }).nullable(),
        times: z.number().int().describe('Calls of it around the time'),
        stricter: z.array(z.enum(STRICTER)),
      }),
    )
    .describe(
      'Actions of the connector that the incident names, or called around its time, that can be tightened',
    ),
});

export const stepShown = z.object({
  id: z.string(),
  kind: z.enum(STEP_KINDS),
  title: z.string(),
  how: z
    .array(
      z.object({
        do: z.string(),
        where: z.string().nullable(),
        checked: z.string().nullable(),
        link: z.string().nullable().describe('Page of the vendor, to be read as it is now'),
        possible: z
          .enum(['yes', 'unknown'])
          .describe('unknown: plan and licenses do not say whether the client can do it'),
      }),
    )
    .describe('Only what plan and licenses of the client allow'),
  who: z.string(),
  within: z.string(),
  due: instant,
  overdue: z.boolean(),
  state: z.enum(STEP_STATES),
  settled: z.boolean(),
  waits: z.array(z.string()).describe('Titles of steps that must be settled first'),
  owner: ownerShown,
  fields: z.array(fieldShown),
  entries: z
    .object({
      noun: z.string(),
      mayBeNone: z.boolean(),
      fields: z.array(fieldShown),
      suggested: z.array(answers).describe('Entries from the writes of the log around the time'),
    })
    .nullable()
    .describe('null: the step fills no list'),
  answers,
  list: z.array(answers),
  none: z.boolean(),
  files: z.array(z.object({ sha256: z.string(), name: z.string() })),
  lessons: z.array(
    z.object({ text: z.string(), draft: z.string().nullable(), control: z.string().nullable() }),
  ),
  reason: z.string().nullable().describe('Why it is left out'),
  done: doneBy,
  took: z.string().nullable().describe('From when it was noticed until it was done; null: it is not done'),
  leaveOut: z.enum(['never', 'reason', 'second_person']),
  confidential: z.boolean(),
  hidden: z.boolean().describe('Its answers are shown only to those who work on the incident'),
  means: z
    .array(
      z.object({
        id: z.enum(BLOCKING_MEANS).describe('The option of the question `means`'),
        title: z.string(),
        state: z
          .enum(MEANS_STATES)
          .describe(
            'active: seen at work for the device or person; not_proved: set up, and not seen there; not_active: seen not to block',
          ),
        reaches: z
          .enum(['personal', 'own'])
          .describe('own: it sees our own Claude only and blocks no personal account'),
        why: z.string().nullable(),
        evidence: z.array(
          z.object({
            words: z.string(),
            at: z.string().describe('An instant, or a day where the source has no times'),
            days: z.number().int().describe('How many days ago it was'),
          }),
        ),
        do: z.string().nullable(),
        where: z.string().nullable(),
        checked: z.string().nullable(),
      }),
    )
    .nullable()
    .describe('Which means of blocking are active for the person and device; null: the step asks for none'),
  blind: z.string().nullable().describe('What no source shows here'),
  draft: z
    .string()
    .nullable()
    .describe('A text to start from; what is not known is in brackets. Counsel decides on it'),
  guide: z.array(z.string()),
  changes: z
    .array(z.object({ target: z.enum(CONTAINMENTS), subject: z.string() }))
    .describe('Changes to systems outside that can be planned from it with changes plan'),
  proof: z
    .object({
      state: z.enum(PROOF_STATES),
      words: z.array(z.string()),
      word: z
        .string()
        .nullable()
        .describe('On whose word it counts, with a file, where no reading shows it; null: it does not'),
      automatic: z.boolean().describe('A file or source that Bylaw reads can show the effect'),
    })
    .nullable()
    .describe('null: the step contains nothing'),
  permissions: permissionsShown
    .nullable()
    .describe('Stricter permissions of connector actions; null: the step proposes none'),
  gaps: z.array(gapShown),
  version: z.number().int(),
});

export const evidenceShown = z.object({
  id: z.string(),
  kind: z.enum(['activities', 'charter', 'alert', 'readings', 'file']),
  found: z.enum(['kept', 'none', 'not_read']),
  words: z.string(),
  sha256: z.string().nullable(),
  at: instant,
  by: z.string(),
});

export const incidentSchema = incidentLine.extend({
  summary: z.string(),
  session: z.string().nullable(),
  happened: instant.nullable(),
  playbook: z.object({
    id: z.string(),
    story: z.string(),
    about: z.array(z.enum(ABOUT)).describe('What it asks of such an incident'),
    decides: z.string(),
    contacts: z.array(z.string()).describe('Whom to call, by the incident plan of the charter'),
    revised: z.string(),
    sha256: z.string(),
    changed: z.boolean().describe('The catalogue has another playbook of the type by now; this one stays'),
    sources: z.array(z.object({ title: z.string(), url: z.string(), read: z.string() })),
  }),
  clauses: z.array(citedClause).describe('Clauses of the acceptable use policy that it is against'),
  origin: z.object({
    kind: z.enum(ORIGINS),
    id: z.string().nullable(),
    code: z.string().nullable().describe('Code of the alert'),
    gone: z
      .object({ at: instant.nullable().describe('When retention removed it; null: not recorded') })
      .nullable()
      .describe('Of a report from staff that no longer exists; null: it still exists'),
  }),
  plan: z.array(stepShown),
  wanted: z
    .array(z.object({ what: z.string(), held: z.boolean(), blind: z.string().nullable() }))
    .describe('Evidence that the playbook asks for'),
  evidence: z.array(evidenceShown),
  calls: z
    .array(
      z.object({
        at: instant,
        type: z.string(),
        tool: z.string().nullable(),
        connector: z.string().nullable(),
        effect: z.string().nullable(),
        outcome: z.string().nullable(),
        session: z.string().nullable(),
        does: z
          .enum(['read', 'write'])
          .nullable()
          .describe('null: neither source nor catalogue says what the tool does'),
        meant: z
          .string()
          .nullable()
          .describe(
            'Whether the person meant a write, or a call whose effect is not known, as the step that lists writes has it; null: open, or neither',
          ),
        arguments: z
          .object({
            state: z.enum(['kept', 'not_recorded']),
            characters: z
              .number()
              .int()
              .nullable()
              .describe(
                'How long they were: characters of what is kept, else bytes by the source; null: not reported',
              ),
          })
          .describe('What the tool was given. kept: opened under Activity, with a reason and a record'),
        through: z.string().nullable().describe('Who or what let it run, as the source says'),
        approved: z
          .enum(['person', 'automatic'])
          .nullable()
          .describe('null: the source does not say, or in words that are not known'),
        source: z.string(),
      }),
    )
    .describe('Activities around the time in order, 200 at most'),
  anthropic: z
    .string()
    .nullable()
    .describe('Text for a report to Anthropic; null: the playbook asks for none'),
  timeline: z.array(
    z.object({
      at: instant,
      act: z.string(),
      words: z.string(),
      note: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
  records: z
    .array(
      z.object({
        sha256: z.string(),
        name: z.string(),
        by: z.string(),
        at: instant,
        stamp: stampShown.nullable().describe('What proves its day to others; null: none was asked for'),
      }),
    )
    .describe('Signed reports, newest first'),
  closing: z.string().nullable(),
  gaps: z.array(gapShown).describe('What is missing before it can be closed as resolved'),
  people: z.array(z.object({ name: z.string(), email: z.string() })),
  drafts: z.array(z.object({ id: z.string(), title: z.string() })).describe('Drafts of the charter to link'),
  may: z.object({
    lead: z.boolean(),
    close: z.boolean(),
    why: z.string().nullable().describe('Why it is not yours to close'),
  }),
  now: instant,
  version: z.number().int(),
});
