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
  guide: z.boolean().describe('Whether it is one of the guide’s types'),
  proposed: z.boolean().describe('Whether its playbook is proposed for the given alert'),
  own: z
    .object({ type: ownTypeSchema, version: z.number().int() })
    .nullable()
    .describe('The client’s own definition; null: it is in the catalogue'),
});

export const incidentLine = z.object({
  id: z.string(),
  code: z.string().describe('Code that people use for it, for example INC-0012, or DRL-0012 for a drill'),
  title: z.string(),
  type: z.string().describe('Title of the playbook'),
  severity: z.enum(INCIDENT_SEVERITIES),
  drill: z.boolean().describe('Whether it is an exercise, which is not counted as an incident'),
  state: z.enum(['open', 'closed']),
  outcome: z.enum(OUTCOMES).nullable().describe('null: it is open'),
  lead: ownerShown,
  person: z.string().nullable().describe('Address of the person it is about; null: no one is named'),
  connector: z.string().nullable().describe('null: none is named'),
  fileName: z
    .string()
    .nullable()
    .describe('Names of files; null here and in the next two fields: not reported'),
  pattern: z.string().nullable().describe('Names of the rules or policies that matched; null: not reported'),
  device: z.string().nullable().describe('null: not reported'),
  data: z.array(z.enum(DATA_CLASSES)).describe('Kinds of data involved; empty: not known yet'),
  noticed: instant,
  opened: z.object({ by: z.string(), at: instant }),
  closed: doneBy.describe('null: it is open'),
  steps: z.object({
    all: z.number().int(),
    settled: z.number().int(),
    overdue: z.number().int().describe('Number of open steps that are past due'),
  }),
  onWord: z
    .array(z.string())
    .describe(
      'Who attested containment that no reading showed when it was closed; empty: no one, or it is still open',
    ),
  next: instant.nullable().describe('When the next step is due; null: no open steps'),
});

const answers = z.record(z.string(), z.string());

const fieldShown = z.object({
  id: z.string(),
  asks: z.string(),
  kind: z.enum(FIELD_KINDS),
  options: z.array(z.object({ id: z.string(), words: z.string(), open: z.boolean() })),
  required: z.boolean(),
  when: z
    .object({ field: z.string(), is: z.array(z.string()) })
    .nullable()
    .describe('Answer to another field that makes this one apply; null: it always applies'),
});

export const gapShown = z.object({
  step: z.string(),
  code: z.enum(GAPS),
  words: z.string(),
});

const permission = z.enum(PERMISSIONS);
const observedState = z.enum(['off', ...PERMISSIONS]);

export const permissionsShown = z.object({
  governed: z.boolean().describe('Whether a charter that names connectors is in force'),
  followed: z
    .array(
      z.object({
        row: z.string().describe('Row in the connectors matrix'),
        label: z.string(),
        from: permission.describe('Effective state under the charter then in force'),
        to: permission,
        reason: z.string(),
        by: z.string(),
        at: instant,
        draft: z
          .object({ id: z.string(), title: z.string() })
          .nullable()
          .describe('Charter draft that contains it; null: the charter in force already did'),
        state: z
          .enum(FOLLOWED_STATES)
          .nullable()
          .describe(
            'seen: in force, and a later reading shows it; wider: a later reading shows that Claude allows more; called: a later reading shows it as blocked, but it ran after that. For a closed incident: the state at closing; null: not kept',
          ),
        words: z.array(z.string()),
      }),
    )
    .describe('Stricter permissions that were proposed in this step'),
  offered: z
    .array(
      z.object({
        row: z.string(),
        label: z.string(),
        effect: z.enum(EFFECTS),
        charter: permission,
        observed: z
          .object({ state: observedState, on: z.string() })
          .nullable()
          .describe('Newest reading of it; null: no current reading shows it'),
        times: z.number().int().describe('Number of its calls around that time'),
        stricter: z.array(z.enum(STRICTER)),
      }),
    )
    .describe(
      'Actions of the incident’s connector, or called around its time, that can be restricted further',
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
        where: z.string().nullable().describe('Menu path; null: none'),
        checked: z.string().nullable().describe('Date the menu path was last checked; null: not stated'),
        link: z.string().nullable().describe('The vendor’s page; check its current content. null: none'),
        possible: z
          .enum(['yes', 'unknown'])
          .describe('unknown: plan and licenses do not show whether the client can do it'),
      }),
    )
    .describe('Only what the client’s plan and licenses allow'),
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
      suggested: z.array(answers).describe('Entries taken from writes in the log around that time'),
    })
    .nullable()
    .describe('null: the step has no list'),
  answers,
  list: z.array(answers),
  none: z.boolean(),
  files: z.array(z.object({ sha256: z.string(), name: z.string() })),
  lessons: z.array(
    z.object({
      text: z.string(),
      draft: z.string().nullable().describe('Id of the charter draft that contains it; null: none'),
      control: z.string().nullable().describe('Control that shows it; null: none'),
    }),
  ),
  reason: z.string().nullable().describe('Why it was skipped; null: it was not'),
  done: doneBy.describe('null: not done'),
  took: z
    .string()
    .nullable()
    .describe('Time from noticing the incident to completing the step; null: not done'),
  leaveOut: z.enum(['never', 'reason', 'second_person']),
  confidential: z.boolean(),
  hidden: z.boolean().describe('Whether its answers are shown only to people working on the incident'),
  means: z
    .array(
      z.object({
        id: z.enum(BLOCKING_MEANS).describe('Option of the question `means`'),
        title: z.string(),
        state: z
          .enum(MEANS_STATES)
          .describe(
            'active: seen working for the device or person; not_proved: set up, but not seen there; not_active: seen not to block',
          ),
        reaches: z
          .enum(['personal', 'own'])
          .describe('own: covers the client’s own Claude only, not personal accounts'),
        why: z
          .string()
          .nullable()
          .describe('Why nothing was read, or why it is not licensed; null: `evidence` shows it'),
        evidence: z.array(
          z.object({
            words: z.string(),
            at: z.string().describe('Time, or date if the source has no times'),
            days: z.number().int().describe('Number of days ago'),
          }),
        ),
        do: z.string().nullable().describe('What to do to use it; null: the playbook does not say'),
        where: z.string().nullable().describe('Where to do it; null: no particular place'),
        checked: z.string().nullable().describe('Day on which the place was last checked; null: not stated'),
      }),
    )
    .nullable()
    .describe('Means of blocking that are active for the person and device; null: the step requires none'),
  blind: z.string().nullable().describe('What no source shows; null: nothing to note'),
  draft: z
    .string()
    .nullable()
    .describe(
      'Draft text, with unknown facts in brackets. Counsel decides on its use. null: the step has none, or you may not see it',
    ),
  guide: z.array(z.string()),
  changes: z
    .array(z.object({ target: z.enum(CONTAINMENTS), subject: z.string() }))
    .describe('Changes to external systems that can be planned from it with changes plan'),
  proof: z
    .object({
      state: z.enum(PROOF_STATES),
      words: z.array(z.string()),
      word: z
        .string()
        .nullable()
        .describe('Whose statement, with a file, is accepted if no reading shows it; null: none'),
      automatic: z.boolean().describe('Whether a file or source that Bylaw reads can show the effect'),
    })
    .nullable()
    .describe('null: the step is not a containment'),
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
  sha256: z.string().nullable().describe('null: it is no file'),
  at: instant,
  by: z.string(),
});

export const incidentSchema = incidentLine.extend({
  summary: z.string(),
  session: z.string().nullable().describe('Session id, as reported by the source; null: not reported'),
  happened: instant.nullable().describe('null: not known'),
  playbook: z.object({
    id: z.string(),
    story: z.string(),
    about: z.array(z.enum(ABOUT)).describe('What it requires for such an incident'),
    decides: z.string(),
    contacts: z.array(z.string()).describe('Who to call, according to the charter’s incident plan'),
    revised: z.string(),
    sha256: z.string(),
    changed: z
      .boolean()
      .describe(
        'Whether the catalogue’s playbook for the type has changed since; this incident keeps its own',
      ),
    sources: z.array(z.object({ title: z.string(), url: z.string(), read: z.string() })),
  }),
  clauses: z.array(citedClause).describe('Clauses of the acceptable use policy that it violates'),
  origin: z.object({
    kind: z.enum(ORIGINS),
    id: z.string().nullable().describe('Id of the alert, report or session; null: it was opened by hand'),
    code: z.string().nullable().describe('Code of the alert; null: it is not an alert of Bylaw'),
    gone: z
      .object({ at: instant.nullable().describe('When retention removed it; null: not recorded') })
      .nullable()
      .describe('For a report from staff that no longer exists; null: it still exists'),
  }),
  plan: z.array(stepShown),
  wanted: z
    .array(
      z.object({
        what: z.string(),
        held: z.boolean(),
        blind: z.string().nullable().describe('What no source shows about it; null: nothing to note'),
      }),
    )
    .describe('Evidence that the playbook requires'),
  evidence: z.array(evidenceShown),
  calls: z
    .array(
      z.object({
        at: instant,
        type: z.string(),
        tool: z.string().nullable().describe('null: none was used, or not reported'),
        connector: z.string().nullable().describe('null: none was used, or not reported'),
        effect: z.string().nullable().describe('null: nothing was read or written, or not reported'),
        outcome: z.string().nullable().describe('null: not reported'),
        session: z.string().nullable().describe('null: not reported'),
        does: z
          .enum(['read', 'write'])
          .nullable()
          .describe('null: neither source nor catalogue states what the tool does'),
        meant: z
          .string()
          .nullable()
          .describe(
            'Whether the person intended a write, or a call with an unknown effect, according to the step that lists writes; null: open, or neither',
          ),
        arguments: z
          .object({
            state: z.enum(['kept', 'not_recorded']),
            characters: z
              .number()
              .int()
              .nullable()
              .describe(
                'Their length: in characters if they are kept, otherwise in bytes as reported by the source; null: not reported',
              ),
          })
          .describe('Input of the tool. kept: can be opened under Activity, with a reason and a record'),
        through: z
          .string()
          .nullable()
          .describe('Who or what allowed it to run, according to the source; null: the source does not say'),
        approved: z
          .enum(['person', 'automatic'])
          .nullable()
          .describe('null: the source does not say, or uses an unknown term'),
        source: z.string(),
      }),
    )
    .describe('Activities around that time, in order, at most 200'),
  anthropic: z
    .string()
    .nullable()
    .describe('Text for a report to Anthropic; null: the playbook requires none'),
  timeline: z.array(
    z.object({
      at: instant,
      act: z.string(),
      words: z.string(),
      note: z.string().nullable().describe('null: none'),
      by: z.string().nullable().describe('Name; null: not known'),
    }),
  ),
  records: z
    .array(
      z.object({
        sha256: z.string(),
        name: z.string(),
        by: z.string(),
        at: instant,
        stamp: stampShown
          .nullable()
          .describe('Time stamp that proves its date to third parties; null: none was requested'),
      }),
    )
    .describe('Signed reports, newest first'),
  closing: z.string().nullable().describe('Reason for which it was closed; null: it is open'),
  gaps: z.array(gapShown).describe('What is missing before it can be closed as resolved'),
  people: z.array(z.object({ name: z.string(), email: z.string() })),
  drafts: z
    .array(z.object({ id: z.string(), title: z.string() }))
    .describe('Charter drafts that can be linked'),
  may: z.object({
    lead: z.boolean(),
    close: z.boolean(),
    why: z.string().nullable().describe('Why you cannot close it; null: you can'),
  }),
  now: instant,
  version: z.number().int(),
});
