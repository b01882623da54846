import { z } from 'zod';
import { MEMBER_GAPS } from '#domain/conditional-access/unknown-members.ts';
import { RESOURCES } from '#domain/conditional-access/values.ts';
import {
  CLIENT_CHOICES,
  DEVICE_CHOICES,
  FLOW_CHOICES,
  INSIDER_CHOICES,
  PLATFORM_CHOICES,
  REASONS,
  RISK_CHOICES,
} from '#domain/conditional-access/what-if.ts';
import { clientParam, operationsOf } from '../operation.ts';
import { effect, explained, policyState, templateId, templateView } from './schemas.ts';

const { get } = operationsOf({ feature: 'Conditional Access', scope: 'client', permission: 'charter.read' });

const circumstances = {
  app: z
    .string()
    .max(80)
    .optional()
    .describe('Application id; left out: the Claude sign-in application, otherwise the connector'),
  platform: z.enum(PLATFORM_CHOICES).default('windows'),
  clientApp: z.enum(CLIENT_CHOICES).default('browser'),
  device: z
    .enum(DEVICE_CHOICES)
    .default('unknown')
    .describe('Whether Intune reports the device as compliant'),
  place: z
    .string()
    .max(80)
    .default('unknown')
    .describe('Id of a named location; elsewhere: in none of them; unknown: not known'),
  signInRisk: z.enum(RISK_CHOICES).default('none'),
  userRisk: z.enum(RISK_CHOICES).default('none'),
  flow: z
    .enum(FLOW_CHOICES)
    .default('none')
    .describe('How the person signs in if it involves another device; none: in the app or browser itself'),
  insiderRisk: z.enum(INSIDER_CHOICES).default('none'),
};

const asked = z.object({
  app: z.string().nullable().describe('null: Entra has no Claude application'),
  apps: z.array(z.object({ appId: z.string(), name: z.string() })),
  places: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      trusted: z.boolean().nullable().describe('null: Entra does not say for all of its address ranges'),
    }),
  ),
  why: z.string().nullable().describe('Why there is no result; null: there is one'),
  howToGet: z.string().nullable().describe('What to do so that there is one; null: there is a result'),
  unknownMembers: z
    .array(
      z.object({
        kind: z.enum(['group', 'role']),
        id: z.string().describe('Object id of a group, template id of a role'),
        name: z.string().describe('Name, or the id if no name is known'),
        why: z
          .enum(MEMBER_GAPS)
          .describe(
            'Which case it is: no list of groups or role assignments was read; it is not in the list; it has no members there; some members are unknown',
          ),
        policies: z.array(z.string()),
      }),
    )
    .describe(
      'Groups and roles whose members are unknown, so the outcome of these policies cannot be determined',
    ),
});

export const conditionalAccessContract = {
  show: get('/clients/{client}/conditional-access', {
    title: 'Show what Conditional Access does for Claude',
    description:
      'Whether Entra sees sign-ins to Claude at all, what each policy means for Claude, and for each policy of the guide: whether the licenses allow it, what already covers it, how the policy in Entra differs, and whom it would have affected.',
    cli: 'conditional-access show',
    mcp: true,
    guide: [
      'G1.2-01',
      'G4.3-01',
      'G6-00',
      'G6.1-07',
      'G6.2-00',
      'G6.2-02',
      'G6.2-05',
      'G6.3-00',
      'G6.4-00',
      'G6.5-00',
    ],
    boundedBy: 'the policies of one tenant',
  }).output(
    z.object({
      signIn: z
        .object({
          is: z.enum(['present', 'absent', 'unknown']),
          why: z
            .string()
            .nullable()
            .describe('Why it is not known whether sign-in goes through Entra; null: it is known'),
          around: z
            .string()
            .nullable()
            .describe('An open way into Claude that bypasses Entra; null: none is known'),
        })
        .nullable()
        .describe('Whether sign-in to Claude goes through Entra; null: the policies could not be read'),
      apps: z.array(
        z.object({ appId: z.string(), name: z.string(), kind: z.enum(['sign_in', 'connector']) }),
      ),
      templates: z.array(templateView),
      policies: z.array(explained),
      unread: z.array(z.string()),
      location: z
        .object({
          read: z.boolean(),
          id: z.string().nullable().describe('Id in Entra; null: there is none, or it was not read'),
          name: z.string().nullable().describe('Name in Entra; null: there is none, or it was not read'),
          offered: z.string().describe('Name of the location that Bylaw proposes'),
          ranges: z.array(z.string()),
          why: z.string(),
        })
        .describe('The connector’s own address range as a named location'),
      labels: z.record(z.string(), z.string()).describe('Names by id; ids in lower case'),
      writing: z
        .object({
          is: z.enum(['ready', 'missing', 'refused', 'none']),
          missing: z.array(z.string()).describe('Permissions the application is missing'),
        })
        .describe(
          'Whether Bylaw carries out approved changes; none: no application is connected for it, so people follow the steps themselves',
        ),
      observed: z.object({
        on: z.string().nullable().describe('Day of the oldest reading that is used; null: nothing was read'),
        why: z.string().nullable().describe('Why it cannot be read; null: it was read'),
        howToGet: z.string().nullable().describe('How to make it readable; null: it was read'),
      }),
    }),
  ),

  instructions: get('/clients/{client}/conditional-access/templates/{template}', {
    title: 'Show the steps to create or change a Conditional Access policy',
    description:
      'How Entra differs from the guide’s policy with the client’s values filled in, and the steps to get there as Microsoft Graph calls, PowerShell, Terraform and clicks. Nothing is changed.',
    cli: 'conditional-access instructions',
    guide: [
      'G6.1-07',
      'G6.1-08',
      'G6.2-01',
      'G6.2-02',
      'G6.2-03',
      'G6.3-02',
      'G6.3-05',
      'G6.3-07',
      'G6.4-04',
    ],
    boundedBy: 'the steps of one policy',
  })
    .input(
      z.object({
        client: clientParam,
        template: templateId,
        state: policyState
          .default('enabledForReportingButNotEnforced')
          .describe('State the policy has after the steps'),
        group: z
          .string()
          .trim()
          .max(340)
          .optional()
          .describe('Name or id of the group it applies to; empty: everyone; left out: the last choice'),
        resources: z
          .enum(RESOURCES)
          .optional()
          .describe('claude: Claude’s applications by id; all: every resource; left out: the last choice'),
        without: z
          .string()
          .max(400)
          .optional()
          .describe('Application ids to exclude on purpose, separated by spaces'),
      }),
    )
    .output(
      z.object({
        name: z.string(),
        policy: z.unknown().describe('The whole policy, as Microsoft Graph takes it'),
        steps: z.array(
          z.object({
            do: z.enum(['create_location', 'create_policy', 'change_policy']),
            name: z.string(),
            id: z
              .string()
              .nullable()
              .describe('Id of the policy to change; null: it has to be created first'),
            parts: z.array(z.string()),
          }),
        ),
        blocked: z.boolean().describe('Whether something has to be settled first, so no steps are given'),
        reach: z
          .object({
            people: z.number().int().describe('Number of people who could sign in'),
            covered: z.number().int(),
            leftOut: z.number().int(),
            names: z
              .array(z.string())
              .describe('People who are left out, at most 50; empty if you may not see people'),
            outside: z.number().int().describe('Number of people in none of the groups it applies to'),
            unknown: z.number().int().describe('Number of people for whom no file shows whether it applies'),
          })
          .nullable()
          .describe(
            'How many people the whole policy applies to; null: no reading has exactly one group with this name',
          ),
        others: z
          .object({
            total: z.number().int(),
            apps: z.array(
              z.object({
                appId: z.string(),
                name: z.string(),
                people: z
                  .number()
                  .int()
                  .nullable()
                  .describe(
                    'People who would face stricter requirements there than now; null: not determined',
                  ),
              }),
            ),
          })
          .nullable()
          .describe(
            'Applications besides Claude affected by a policy on all resources, at most 50; null: it applies to Claude only',
          ),
        graph: z.array(z.object({ method: z.enum(['POST', 'PATCH']), path: z.string(), body: z.unknown() })),
        powershell: z.string(),
        terraform: z.string(),
        portal: z.array(z.object({ where: z.string(), choose: z.array(z.string()) })),
      }),
    ),

  whatIf: get('/clients/{client}/conditional-access/what-if', {
    title: 'Ask what Conditional Access does with one person’s sign-in',
    description:
      'Every policy, with whether it applies or why not, and the combined result of those that are on. Calculated here from what was read; what no file answers is unknown.',
    permission: 'people.read',
    cli: 'conditional-access what-if',
    mcp: true,
    guide: ['G3.2-03', 'G4.1-05', 'G4.3-00', 'G6.2-04', 'G6.2-08', 'G6.5-06'],
    boundedBy: 'the policies of one tenant',
  })
    .input(
      z.object({
        client: clientParam,
        person: z.string().min(1).max(320).describe('Address or object id'),
        ...circumstances,
      }),
    )
    .output(
      z.object({
        ...asked.shape,
        person: z.object({ name: z.string(), seat: z.boolean() }).nullable().describe('null: not known'),
        outcome: effect
          .nullable()
          .describe('Outcome for the person; null: there is no result, or everyone was asked about'),
        policies: z.array(
          z.object({
            id: z.string().nullable().describe('Id in Entra; null: the file does not give it'),
            name: z.string(),
            state: policyState
              .nullable()
              .describe('null: the file does not say, or in words that are not known'),
            applies: z.enum(['yes', 'no', 'unknown']),
            reasons: z.array(z.enum(REASONS)),
            effect,
            controls: z.array(z.string()),
            all: z.boolean(),
            session: z.array(z.string()),
          }),
        ),
      }),
    ),

  everyone: get('/clients/{client}/conditional-access/everyone', {
    title: 'Count what Conditional Access does with one kind of sign-in for everyone',
    permission: 'people.read',
    cli: 'conditional-access everyone',
    guide: ['G6.2-03', 'G6.2-04', 'G6.2-08'],
    boundedBy: 'four outcomes, with at most 50 names each',
  })
    .input(z.object({ client: clientParam, ...circumstances }))
    .output(
      z.object({
        ...asked.shape,
        people: z.number().int(),
        seats: z.number().int().describe('Of these, people who hold a Claude seat'),
        outcomes: z.array(
          z.object({
            is: effect,
            count: z.number().int(),
            who: z.array(z.string()).describe('At most 50, by name'),
          }),
        ),
        doubts: z
          .array(
            z.object({
              policy: z.string(),
              reasons: z
                .array(z.enum(REASONS))
                .describe('What is not known; empty: whether its requirements are met'),
              people: z.number().int(),
            }),
          )
          .describe('Policies that leave the answer open for some people, at most 50'),
        moreDoubts: z.number().int().describe('Number of such policies beyond those 50'),
      }),
    ),

  check: get('/clients/{client}/conditional-access/what-if/check', {
    title: 'Check the local What If against Microsoft’s own for a sample of people',
    description:
      'The application that reads the tenant asks Microsoft Graph now about at most two people for each outcome. Each policy for which the two answers differ is named.',
    permission: 'people.read',
    cli: 'conditional-access check',
    guide: ['G6.2-04'],
    boundedBy: 'at most eight people and the policies of one tenant',
  })
    .input(z.object({ client: clientParam, ...circumstances }))
    .output(
      z.object({
        at: z.string(),
        app: asked.shape.app,
        why: asked.shape.why,
        howToGet: asked.shape.howToGet,
        sample: z.array(
          z.object({ person: z.string(), outcome: effect.describe('Result of Bylaw’s own What If') }),
        ),
        compared: z.number().int().describe('Number of people multiplied by number of policies'),
        agree: z.number().int(),
        open: z.number().int().describe('Number for which one of the two has no answer'),
        differences: z.array(
          z.object({
            person: z.string(),
            policy: z.string(),
            ours: z.enum(['yes', 'no', 'unknown']).nullable().describe('null: not in the data that was read'),
            theirs: z.enum(['yes', 'no', 'unknown']).nullable().describe('null: Microsoft does not name it'),
            reason: z.string().nullable().describe('In Microsoft’s words; null: Microsoft gave none'),
          }),
        ),
      }),
    ),

  signIns: get('/clients/{client}/conditional-access/sign-ins', {
    title: 'List the last sign-ins to Claude in Entra',
    description:
      'The newest 200 of the last 30 days: person, device, address, whether MFA was recorded and what each policy decided. Sign-ins by the connector’s servers are marked, and so is a successful sign-in without MFA after the policy was enforced.',
    permission: 'people.read',
    cli: 'conditional-access sign-ins',
    mcp: true,
    guide: ['G5.4-01', 'G6.2-09'],
    boundedBy: 'at most 200 sign-ins, the newest',
  })
    .input(z.object({ client: clientParam, person: z.string().max(320).optional().describe('Address') }))
    .output(
      z.object({
        from: z
          .string()
          .nullable()
          .describe('First day of the sign-ins that were read; null: they cannot be listed'),
        total: z.number().int(),
        enforced: z
          .string()
          .nullable()
          .describe('When a change made here began to enforce MFA; null: none did'),
        why: z.string().nullable().describe('Why they cannot be listed; null: they are listed'),
        howToGet: z.string().nullable().describe('How to make them readable; null: they are listed'),
        items: z.array(
          z.object({
            at: z.string(),
            person: z.string().nullable().describe('Address in Entra; null: the record does not say'),
            app: z.string(),
            address: z.string().nullable().describe('IP address; null: the record does not say'),
            connector: z.boolean().describe('Whether it came from the Microsoft 365 connector’s servers'),
            interactive: z
              .boolean()
              .nullable()
              .describe('false: a program signed in on the person’s behalf; null: the record does not say'),
            succeeded: z.boolean().nullable().describe('null: the record does not say'),
            errorCode: z
              .number()
              .int()
              .nullable()
              .describe('Microsoft’s code, 0 for success; null: the record does not say'),
            mfa: z.boolean().nullable().describe('null: the record does not say'),
            missed: z.boolean().describe('Whether it succeeded without MFA although MFA is enforced'),
            device: z.object({
              name: z.string().nullable().describe('null: the record does not say'),
              os: z.string().nullable().describe('null: the record does not say'),
              browser: z.string().nullable().describe('null: the record does not say'),
              compliant: z.boolean().nullable().describe('null: the record does not say'),
              managed: z.boolean().nullable().describe('null: the record does not say'),
            }),
            policies: z.array(
              z.object({ name: z.string(), result: z.string().describe('In Microsoft’s words') }),
            ),
          }),
        ),
      }),
    ),
};
