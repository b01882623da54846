import { z } from 'zod';
import { AGENT_LOOKS } from '#domain/microsoft/agent-looks.ts';
import {
  CLASSIFICATIONS,
  CLOSING_PROBLEMS,
  CLOSING_STATES,
  DETERMINATION_NAMES,
} from '#domain/microsoft/alert-closing.ts';
import { ALERT_KINDS } from '#domain/rules/microsoft/defender-alerts.ts';
import { clientParam, instant, operationsOf, reasonParam } from '../operation.ts';

const closing = z.object({
  classification: z.enum(CLASSIFICATIONS),
  determination: z.enum(DETERMINATION_NAMES),
  note: z.string(),
  by: z.string(),
  at: instant,
  state: z
    .enum(CLOSING_STATES)
    .describe(
      'here: recorded here alone; waiting: on its way to Defender; written: Defender was read again and has it; refused: Defender did not take it',
    ),
  problem: z.enum(CLOSING_PROBLEMS).nullable().describe('Why it is not in Defender'),
  provedAt: instant.nullable().describe('When Defender was read again and had it'),
  version: z.number().int(),
});

const read = z.object({
  on: z.string().nullable().describe('Day of the oldest reading that it comes from; null: it was not read'),
  why: z.string().nullable().describe('Why it cannot be read; null: it was read'),
  howToGet: z.string().nullable(),
});
const used = z.array(z.object({ feature: z.string().describe('In Microsoft’s words'), people: z.number() }));

export const tenantSchema = z.object({
  devices: z.object({
    read,
    total: z.number().int(),
    compliant: z.number().int(),
    notCompliant: z.number().int().describe('Those in a grace period among them'),
    unknown: z.number().int().describe('Intune gives no result'),
    seats: z
      .number()
      .int()
      .nullable()
      .describe('People with a seat in Claude; null: the members were not read'),
    ready: z.number().int().describe('Of them those whose devices are all compliant, at least one'),
    notReady: z.array(
      z.object({
        email: z.string(),
        is: z.enum(['none', 'not_compliant', 'unknown']),
        devices: z.number().int(),
      }),
    ),
  }),
  policies: z.object({
    read,
    list: z.array(
      z.object({
        name: z.string(),
        platform: z.string().nullable().describe('As Graph’s type names it'),
        changedAt: z.string().nullable(),
      }),
    ),
  }),
  apps: z.object({
    read,
    list: z.array(
      z.object({
        appId: z.string(),
        name: z.string(),
        is: z
          .enum(['connector', 'sign_in', 'named', 'disguised'])
          .describe('named, disguised: it carries Claude’s name, and its id is not known'),
        publisher: z.string().nullable(),
        enabled: z.boolean().nullable(),
        createdAt: z.string().nullable(),
        path: z
          .enum(['consent', 'gallery', 'custom', 'agent'])
          .nullable()
          .describe('null: it cannot be determined'),
      }),
    ),
  }),
  agents: z.object({
    read,
    total: z.number().int().describe('Agents and apps in the catalog of Microsoft Agent 365'),
    list: z
      .array(
        z.object({
          id: z.string(),
          appId: z.string().nullable().describe('Application in Entra that it states'),
          name: z.string(),
          is: z
            .enum(AGENT_LOOKS)
            .describe(
              'By what it is about Claude; application: by its application in Entra; misspelled: a name or publisher that is one letter off',
            ),
          publisher: z.string().nullable(),
          closed: z.boolean().describe('Blocked, or available to no one'),
        }),
      )
      .describe('Those that are about Claude'),
  }),
  background: z.object({
    read,
    total: z.number().int().describe('Sign-ins that programs made for people, in the last 30 days'),
    refused: z.array(
      z.object({
        code: z.number().int().describe('Error code of Entra'),
        sources: z.enum(['connector', 'elsewhere']).describe('connector: from the addresses of its servers'),
        count: z.number().int(),
        last: z.string(),
      }),
    ),
  }),
  risk: z.object({
    users: z.object({
      read,
      list: z.array(
        z.object({
          who: z.string(),
          level: z.string().nullable(),
          state: z.string().nullable(),
          updatedAt: z.string().nullable(),
          seat: z.boolean().nullable().describe('Has a seat in Claude; null: the members were not read'),
        }),
      ),
    }),
    detections: z.object({
      read,
      list: z.array(
        z.object({
          type: z.string().describe('In Microsoft’s words'),
          count: z.number().int(),
          seats: z.number().int().nullable().describe('Of people with a seat in Claude'),
          last: z.string(),
          outcomes: z.array(z.string()).describe('What became of them, in Microsoft’s words'),
        }),
      ),
    }),
  }),
  alerts: z.object({
    read,
    total: z.number().int().describe('All alerts of Defender that were read'),
    list: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        kind: z.enum(ALERT_KINDS),
        severity: z.string().nullable(),
        status: z.string().nullable(),
        classification: z.string().nullable(),
        classified: z.boolean().describe('Resolved in Defender, with a classification that says what it was'),
        destination: z
          .enum(['claude', 'not_reported'])
          .describe('not_reported: it names neither an application nor a host'),
        people: z.array(z.string()),
        files: z
          .array(z.object({ name: z.string().nullable(), sha256: z.string().nullable() }))
          .describe('Empty, here and in the next two: not reported'),
        policies: z.array(z.string()).describe('Names of the policies that matched'),
        devices: z.array(
          z.object({
            name: z.string().nullable(),
            entraId: z.string().nullable(),
            onboarded: z.boolean().nullable().describe('To Defender for Endpoint, by the alert'),
          }),
        ),
        stopped: z
          .boolean()
          .describe('Defender reports that it was blocked; false: it reports no such thing'),
        at: z.string(),
        link: z.string().nullable(),
        incident: z
          .object({ id: z.string(), code: z.string() })
          .nullable()
          .describe('Open incident that was made of it'),
        closed: closing.nullable().describe('What someone said here that it was; null: no one did'),
      }),
    ),
    writer: z
      .enum(['ready', 'missing', 'refused', 'none'])
      .describe('Whether an application may close alerts in Defender; missing: it lacks the permission'),
    may: z.object({ close: z.boolean(), promote: z.boolean().describe('Open an incident of one') }),
  }),
  sessions: z.object({
    read,
    total: z.number().int().describe('Events of Claude in Defender for Cloud Apps that were read'),
    last: z.string().nullable().describe('Time of the newest'),
    list: z
      .array(
        z.object({
          at: z.string(),
          action: z.string().describe('In Microsoft’s words'),
          app: z.string().nullable(),
          person: z.string().nullable(),
          address: z.string().nullable(),
          device: z.string().nullable(),
          routed: z.boolean().describe('Recorded by session control'),
          blocked: z.boolean(),
          connector: z.boolean().describe('Done by the connector’s applications or from its servers'),
        }),
      )
      .describe('The newest 50'),
    blocks: z
      .array(
        z.object({
          at: z.string(),
          action: z.string(),
          person: z.string().nullable(),
          alert: z
            .object({
              title: z.string(),
              at: z.string(),
              assignedTo: z.string().nullable(),
              link: z.string().nullable(),
            })
            .nullable()
            .describe('Defender’s alert within a day; null: none was raised'),
        }),
      )
      .describe('Uploads that session control blocked in 183 days, the newest 50'),
    people: z
      .array(
        z.object({
          who: z.string(),
          signIn: z.string().describe('The last to Claude in a browser, in 30 days'),
          routed: z.boolean().nullable().describe('A session through Defender followed; null: not read'),
        }),
      )
      .nullable()
      .describe('null: sign-ins were not read, or the charter names no sign-in application'),
  }),
  sites: z.object({
    read,
    from: z
      .object({
        report: read,
        usage: read,
        groups: read,
        permissions: read.nullable().describe('null: no application reads who can open sites'),
      })
      .describe(
        'What tells of open sites: the sharing report, Microsoft’s report of site usage, the list of groups and permissions of document libraries',
      ),
    countedTo: z.string().nullable().describe('Day up to which the usage report counts links'),
    unread: z
      .array(
        z.object({
          key: z.string(),
          name: z.string(),
          url: z.string().nullable(),
          why: z.enum(['denied', 'gone', 'locked', 'limit', 'failed', 'unlisted']),
        }),
      )
      .describe('Sites whose document libraries the newest live reading did not read, or not all'),
    total: z.number().int(),
    list: z
      .array(
        z.object({
          key: z.string().describe('What an exception of the control names'),
          name: z.string(),
          url: z.string().nullable().describe('null: neither the sharing report nor the live reading tells'),
          id: z.string().nullable().describe('Microsoft’s ID of the site'),
          owner: z.string().nullable(),
          is: z.enum(['anyone', 'everyone', 'organization', 'unknown']),
          by: z
            .array(z.enum(['anyone', 'everyone', 'organization', 'group', 'large_group']))
            .describe(
              'What opens it, the widest first; group: its Microsoft 365 group is public; large_group: a group of Entra with nearly everyone in it was let in',
            ),
          anyone: z
            .number()
            .int()
            .nullable()
            .describe('Links that anyone can open, or how often it was shared by such'),
          linksBy: z
            .enum(['report', 'usage', 'libraries'])
            .nullable()
            .describe(
              'What counts them: the sharing report, how often it was shared, or links to whole libraries',
            ),
          everyone: z.number().int().nullable().describe('Permissions for everyone'),
          organization: z.number().int().nullable().describe('Permissions for everyone but guests'),
          people: z
            .number()
            .int()
            .nullable()
            .describe(
              'People who can open it, according to the sharing report, or those in the largest group',
            ),
        }),
      )
      .describe('Sites that are open widely, or of which it is not known, the most exposed first'),
  }),
  premium: z.object({
    read,
    p1Owned: z.number().nullable(),
    p2Owned: z.number().nullable(),
    p1Used: used,
    p2Used: used,
  }),
  licensed: z.object({
    read,
    seats: z.number().int().nullable().describe('People with a seat; null: the members were not read'),
    plans: z.array(
      z.object({
        capability: z.string(),
        title: z.string(),
        have: z.number().int().describe('People with a seat whose account has a license with it switched on'),
        lack: z.array(z.string()),
        unknown: z
          .array(z.string())
          .describe('Without an account that was found, or whose licenses are not known'),
      }),
    ),
  }),
  domains: z.object({
    read,
    list: z.array(
      z.object({
        name: z.string(),
        verified: z.boolean().nullable(),
        isDefault: z.boolean().nullable(),
        authentication: z.string().nullable(),
      }),
    ),
  }),
});

const { get, post } = operationsOf({ feature: 'Microsoft 365 tenant', scope: 'client' });

export const microsoftTenantContract = {
  show: get('/clients/{client}/microsoft-tenant', {
    permission: 'controls.read',
    title: 'Show what the Microsoft 365 tenant holds for Claude',
    description:
      'Devices of people with a seat and how many comply, applications and agents that carry Claude’s name, sign-ins in the background that were refused, risky users and detections, alerts of Defender, sessions through Defender for Cloud Apps, compliance policies, licenses of Entra ID P1 and P2 used against owned, and domains. Each part says when it was read, or why not.',
    cli: 'microsoft-tenant show',
    mcp: true,
    guide: [
      'G1.2-06',
      'G5.3-04',
      'G5.4-00',
      'G5.4-01',
      'G5.4-03',
      'G6.1-04',
      'G6.3-01',
      'G6.4-01',
      'G6.4-09',
      'G6.5-01',
    ],
  })
    .input(z.object({ client: clientParam }))
    .output(tenantSchema),
  closeAlert: post('/clients/{client}/microsoft-tenant/close-alert', {
    permission: 'alerts.decide',
    title: 'Say what a Defender alert was, and close it in Defender if permitted',
    description:
      'Records the classification here. If an application with SecurityAlert.ReadWrite.All is connected, the alert is also closed in Defender and read again; a judgment that someone made there is not overwritten.',
    audit: 'microsoftTenant.closeAlert',
    provenPerson: true,
    proof: 'fresh',
    cli: 'microsoft-tenant close-alert',
    guide: ['G5.5-03'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        alert: z.string().min(1).max(200).describe('Id of the alert in Defender, from microsoft-tenant show'),
        version: z.number().int().min(0).describe('Version that was shown; 0 where no one closed it here'),
        classification: z.enum(CLASSIFICATIONS),
        determination: z.enum(DETERMINATION_NAMES),
        note: reasonParam,
      }),
    )
    .output(closing),
};
