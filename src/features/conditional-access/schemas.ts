import { z } from 'zod';
import { POLICY_STATES } from '#domain/conditional-access/body.ts';
import { PARTS } from '#domain/conditional-access/difference.ts';
import { ACCESS_TEMPLATES } from '#domain/model/conditional-access.ts';
import { STATES } from '#domain/model/verdict.ts';

/** Schemas of Conditional Access shared by several operations. */

export const templateId = z.enum(ACCESS_TEMPLATES).describe('One of the guide’s Conditional Access policies');
export const policyState = z.enum(POLICY_STATES).describe('State of a policy, as Microsoft Graph names it');
const EFFECTS = ['free', 'asked', 'blocked', 'unknown'] as const;
export const effect = z
  .enum(EFFECTS)
  .describe(
    'free: gets in without further requirements; asked: gets in after meeting a requirement; blocked: does not get in; unknown: no file shows it',
  );

export const difference = z.object({
  part: z.enum(PARTS),
  missing: z.array(z.string()).describe('Planned, but not in Entra'),
  added: z.array(z.string()).describe('In Entra, but not planned'),
  weaker: z.boolean().describe('Whether it lets sign-ins through that the policy was meant to stop'),
});

const coverageLine = z.object({
  appId: z.string(),
  is: z.enum(['covered', 'blocked', 'pending', 'overdue', 'gap', 'unknown']),
  by: z.array(z.string()).describe('Names of the policies that enforce it'),
  due: z.string().nullable().describe('Date the report-only phase ends; null: it is not in one'),
  holes: z.array(z.object({ label: z.string(), detail: z.string() })).describe('At most five'),
  near: z.array(z.object({ policy: z.string(), why: z.string() })).describe('At most five'),
});

export const unsettled = z.object({
  code: z.enum([
    'no_sign_in_app',
    'sign_in_app_unknown',
    'no_emergency_access',
    'unresolved',
    'locations_not_read',
  ]),
  blocking: z.boolean().describe('Whether this has to be settled before the policy can be created'),
  why: z.string().nullable().describe('The reason as read; null: the code says everything'),
  names: z.array(z.string()),
});

const met = z.object({
  who: z.string(),
  signIns: z.number().int(),
  last: z.string(),
  devices: z.array(z.string()).describe('Names of the devices, if the sign-ins record them'),
});

export const impact = z.object({
  is: z.enum(['measured', 'not_read', 'not_recorded']),
  why: z.string().nullable().describe('Why it was not measured; null: it was, or nothing is recorded'),
  howToGet: z
    .string()
    .nullable()
    .describe('How to get the sign-ins; null: they were read, or none are needed'),
  from: z.string().nullable().describe('First day of the sign-ins; null: they were not read'),
  signIns: z
    .number()
    .int()
    .nullable()
    .describe('Number of successful sign-ins to Claude in these days; null: not known'),
  unclear: z
    .number()
    .int()
    .nullable()
    .describe('Of these, sign-ins that do not record the deciding fact; null: not known'),
  what: z
    .enum(['blocked', 'asked'])
    .nullable()
    .describe('What would have happened to people; null: not known'),
  count: z.number().int().nullable().describe('Number of people it would have affected; null: not known'),
  people: z.array(met).describe('Empty if you may not see people’s names'),
});

export const templateView = z.object({
  id: templateId,
  name: z.string(),
  title: z.string(),
  means: z.string(),
  limits: z.array(z.string()),
  reportOnly: z
    .object({ excludePlatforms: z.array(z.string()), why: z.string() })
    .nullable()
    .describe('What differs during the report-only phase; null: nothing'),
  control: z.object({
    id: z.string(),
    title: z.string(),
    state: z.enum(STATES).nullable().describe('null: not decided, or you may not see it'),
    reason: z.string().nullable().describe('Reason of the verdict; null: not evaluated'),
  }),
  offered: z.enum(['yes', 'no', 'unknown']).describe('Whether the client’s licenses allow it'),
  needs: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      has: z.enum(['yes', 'no', 'unknown']),
      reason: z.string(),
    }),
  ),
  unlock: z
    .array(
      z.object({
        name: z.string(),
        month: z.string().nullable().describe('In words, for example “$610”; null: not known'),
      }),
    )
    .describe('Purchases that would license it: the cheapest one, and one without a known price'),
  covered: z
    .enum(['covered', 'blocked', 'pending', 'overdue', 'gap', 'unknown'])
    .nullable()
    .describe('The weakest requirement that applies at any application; null: none'),
  coverage: z.array(coverageLine),
  open: z.array(unsettled),
  values: z.object({
    name: z.string(),
    applications: z.array(z.string()),
    groups: z.array(z.string()).describe('Empty: everyone'),
    excludeUsers: z.array(z.string()),
    excludeGroups: z.array(z.string()),
  }),
  without: z
    .object({ apps: z.array(z.string()), by: z.string(), on: z.string(), reason: z.string() })
    .nullable()
    .describe('Applications excluded on purpose, with who planned it, when and why; null: none'),
  test: z
    .object({
      control: z.string(),
      state: z.enum(STATES).nullable().describe('null: not evaluated'),
      reason: z.string().nullable().describe('null: not evaluated'),
      patterns: z.string().describe('Current version of the patterns'),
      deployed: z
        .object({ on: z.string(), by: z.string(), patterns: z.string() })
        .nullable()
        .describe('Version that was entered in the portal; null: not recorded'),
      pending: z.boolean().describe('Whether there is a newer version than the one that was entered'),
    })
    .nullable()
    .describe('What to test before enabling it for everyone; null: nothing'),
  legacy: z
    .object({
      control: z.string(),
      state: z.enum(STATES).nullable().describe('null: not evaluated'),
      reason: z.string().nullable().describe('null: not evaluated'),
    })
    .nullable()
    .describe('Whether the legacy policy it replaces was seen to be still on; null: it replaces none'),
  sheet: z
    .array(z.object({ where: z.string(), choose: z.array(z.string()) }))
    .describe('What has to be entered by hand in another portal, because no API covers it'),
  announced: z.boolean().describe('Whether staff must be notified before it is enabled'),
  made: z
    .object({
      id: z.string().nullable().describe('Id in Entra; null: the file does not give it'),
      name: z.string(),
      state: policyState.nullable().describe('null: the file does not say, or in words that are not known'),
      by: z.enum(['id', 'name', 'content']).describe('How the policy was recognized'),
      due: z
        .string()
        .nullable()
        .describe('Last day of report-only; null: it is in another state, or the day is not known'),
      differences: z.array(difference),
      changedBy: z
        .object({
          by: z.string().nullable().describe('null: Entra does not report it'),
          application: z.boolean(),
          at: z.string(),
          activity: z.string().describe('In Microsoft’s words'),
        })
        .nullable()
        .describe('Who last changed it in Entra, if it differs; null: the audit log does not say'),
      letThrough: z
        .object({
          from: z.string(),
          signIns: z.number().int(),
          people: z.array(met).describe('Empty if you may not see people’s names'),
          unclear: z.number().int().describe('Sign-ins that do not record the deciding fact'),
        })
        .nullable()
        .describe(
          'Sign-ins to Claude let through by a narrower platform, client app or location condition; null: no condition is narrower, or no sign-ins were read',
        ),
    })
    .nullable()
    .describe('The policy in Entra that was created from it; null: none'),
  impact,
});

export const explained = z.object({
  id: z.string().nullable().describe('Id in Entra; null: the file does not give it'),
  name: z.string(),
  state: policyState.nullable().describe('null: the file does not say, or in words that are not known'),
  reach: z.array(z.object({ appId: z.string(), is: z.enum(['named', 'all', 'filtered', 'excluded', 'no']) })),
  people: z.boolean().describe('false: it is about workload identities or agents'),
  asks: z.array(z.string()),
  all: z.boolean().describe('true: all its requirements must be met; false: one is enough'),
  blocks: z.boolean().describe('Whether it blocks everyone’s sign-in'),
  session: z.array(z.string()),
  whom: z.array(z.string()).describe('Empty: everyone'),
  leavesOut: z.array(z.string()),
  limits: z.array(z.string()).describe('Where it does not apply; each completes “the policy …”'),
  covers: z.array(templateId).describe('Policies of the guide that it fulfills on its own'),
});
