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
      'here: recorded only here; waiting: on its way to Defender; written: confirmed by reading Defender again; refused: Defender did not accept it',
    ),
  problem: z
    .enum(CLOSING_PROBLEMS)
    .nullable()
    .describe('Why it is not in Defender; null: no problem is known'),
  provedAt: instant.nullable().describe('When it was confirmed by reading Defender again; null: not yet'),
  version: z.number().int(),
});

const read = z.object({
  on: z.string().nullable().describe('Date of the oldest reading used; null: not read'),
  why: z.string().nullable().describe('Why it cannot be read; null: it was read'),
  howToGet: z.string().nullable().describe('How to make it readable; null: it was read'),
});
const used = z.array(z.object({ feature: z.string().describe('In Microsoft’s words'), people: z.number() }));

export const tenantSchema = z.object({
  devices: z.object({
    read,
    total: z.number().int(),
    compliant: z.number().int(),
    notCompliant: z
      .number()
      .int()
      .describe('Number that are not compliant, including those in a grace period'),
    unknown: z.number().int().describe('Number without a current result from Intune'),
    seats: z
      .number()
      .int()
      .nullable()
      .describe('Number of people with a Claude seat; null: the members were not read'),
    ready: z
      .number()
      .int()
      .describe('Of these, people with at least one device whose devices are all compliant'),
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
        platform: z
          .string()
          .nullable()
          .describe('Platform, as named by the type in Microsoft Graph; null: the type names none'),
        changedAt: z.string().nullable().describe('null: not reported'),
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
          .describe('named, disguised: it has Claude’s name, but its id is not known'),
        publisher: z.string().nullable().describe('null: Microsoft states none'),
        enabled: z.boolean().nullable().describe('Whether people can sign in to it; null: not reported'),
        createdAt: z.string().nullable().describe('null: not reported'),
        path: z
          .enum(['consent', 'gallery', 'custom', 'agent'])
          .nullable()
          .describe('null: cannot be determined'),
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
          appId: z
            .string()
            .nullable()
            .describe('Id of the Entra application that it states; null: it states none'),
          name: z.string(),
          is: z
            .enum(AGENT_LOOKS)
            .describe(
              'Why it is considered to be about Claude; application: by its Entra application; misspelled: a name or publisher one letter off',
            ),
          publisher: z.string().nullable().describe('null: Microsoft states none'),
          closed: z.boolean().describe('Whether it is blocked, or available to no one'),
        }),
      )
      .describe('Entries about Claude'),
  }),
  background: z.object({
    read,
    total: z.number().int().describe('Sign-ins by programs on people’s behalf in the last 30 days'),
    refused: z.array(
      z.object({
        code: z.number().int().describe('Entra’s error code'),
        sources: z.enum(['connector', 'elsewhere']).describe('connector: from its servers’ addresses'),
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
          level: z.string().nullable().describe('In Microsoft’s words; null: not reported'),
          state: z.string().nullable().describe('In Microsoft’s words; null: not reported'),
          updatedAt: z.string().nullable().describe('null: not reported'),
          seat: z
            .boolean()
            .nullable()
            .describe('Whether the person has a Claude seat; null: the members were not read'),
        }),
      ),
    }),
    detections: z.object({
      read,
      list: z.array(
        z.object({
          type: z.string().describe('In Microsoft’s words'),
          count: z.number().int(),
          seats: z
            .number()
            .int()
            .nullable()
            .describe(
              'How many of them are about people with a Claude seat; null: the members were not read',
            ),
          last: z.string(),
          outcomes: z.array(z.string()).describe('Outcome, in Microsoft’s words'),
        }),
      ),
    }),
  }),
  alerts: z.object({
    read,
    total: z.number().int().describe('Number of all Defender alerts that were read'),
    list: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        kind: z.enum(ALERT_KINDS),
        severity: z.string().nullable().describe('In Microsoft’s words; null: not reported'),
        status: z.string().nullable().describe('In Microsoft’s words; null: not reported'),
        classification: z
          .string()
          .nullable()
          .describe('In Microsoft’s words; null: not reported, or not classified'),
        classified: z.boolean().describe('Whether it is resolved in Defender with a classification'),
        destination: z
          .enum(['claude', 'not_reported'])
          .describe('not_reported: it names neither an application nor a host'),
        people: z.array(z.string()),
        files: z
          .array(
            z.object({
              name: z.string().nullable().describe('null: not reported'),
              sha256: z.string().nullable().describe('null: not reported'),
            }),
          )
          .describe('Empty here and in the next two fields: not reported'),
        policies: z.array(z.string()).describe('Names of the policies that matched'),
        devices: z.array(
          z.object({
            name: z.string().nullable().describe('null: not reported'),
            entraId: z.string().nullable().describe('Id in Entra; null: not reported'),
            onboarded: z
              .boolean()
              .nullable()
              .describe(
                'Whether the device is onboarded to Defender for Endpoint, according to the alert; null: the alert does not say',
              ),
          }),
        ),
        stopped: z
          .boolean()
          .describe('Whether Defender reports that it was blocked; false: it does not report it'),
        at: z.string(),
        link: z.string().nullable().describe('Address of the alert in Defender; null: not reported'),
        incident: z
          .object({ id: z.string(), code: z.string() })
          .nullable()
          .describe('Open incident created from it; null: none'),
        closed: closing.nullable().describe('Classification entered here; null: none'),
      }),
    ),
    writer: z
      .enum(['ready', 'missing', 'refused', 'none'])
      .describe('Whether an application may close alerts in Defender; missing: the permission is missing'),
    may: z.object({
      close: z.boolean(),
      promote: z.boolean().describe('Whether you may open an incident from one'),
    }),
  }),
  sessions: z.object({
    read,
    total: z.number().int().describe('Number of Claude events in Defender for Cloud Apps that were read'),
    last: z.string().nullable().describe('Time of the newest; null: there is none'),
    list: z
      .array(
        z.object({
          at: z.string(),
          action: z.string().describe('In Microsoft’s words'),
          app: z.string().nullable().describe('null: not reported'),
          person: z.string().nullable().describe('null: not reported'),
          address: z.string().nullable().describe('IP address; null: not reported'),
          device: z.string().nullable().describe('Device and operating system; null: neither is reported'),
          routed: z.boolean().describe('Whether session control recorded it'),
          blocked: z.boolean(),
          connector: z.boolean().describe('Whether the connector’s applications or servers did it'),
        }),
      )
      .describe('The newest 50'),
    blocks: z
      .array(
        z.object({
          at: z.string(),
          action: z.string(),
          person: z.string().nullable().describe('null: not reported'),
          alert: z
            .object({
              title: z.string(),
              at: z.string(),
              assignedTo: z.string().nullable().describe('null: no one, or not reported'),
              link: z.string().nullable().describe('Address of the alert in Defender; null: not reported'),
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
          signIn: z.string().describe('Latest sign-in to Claude in a browser in the last 30 days'),
          routed: z
            .boolean()
            .nullable()
            .describe('Whether a session through Defender followed; null: not read'),
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
        permissions: read.nullable().describe('null: no application can read who can open sites'),
      })
      .describe(
        'Sources about open sites: the sharing report, Microsoft’s site usage report, and the list of groups and permissions of document libraries',
      ),
    countedTo: z
      .string()
      .nullable()
      .describe('Last day that the usage report’s link counts include; null: not stated'),
    unread: z
      .array(
        z.object({
          key: z.string(),
          name: z.string(),
          url: z.string().nullable().describe('null: not reported'),
          why: z.enum(['denied', 'gone', 'locked', 'limit', 'failed', 'unlisted']),
        }),
      )
      .describe(
        'Sites whose document libraries were not read, or not all of them, in the newest live reading',
      ),
    total: z.number().int(),
    list: z
      .array(
        z.object({
          key: z.string().describe('Key that an exception to the control uses'),
          name: z.string(),
          url: z
            .string()
            .nullable()
            .describe('null: neither the sharing report nor the live reading shows it'),
          id: z.string().nullable().describe('Microsoft’s ID of the site; null: not reported'),
          owner: z.string().nullable().describe('null: no source names one'),
          is: z.enum(['anyone', 'everyone', 'organization', 'unknown']),
          by: z
            .array(z.enum(['anyone', 'everyone', 'organization', 'group', 'large_group']))
            .describe(
              'What makes it open, widest first; group: its Microsoft 365 group is public; large_group: an Entra group that contains nearly everyone has access',
            ),
          anyone: z
            .number()
            .int()
            .nullable()
            .describe(
              'Number of links that anyone can open, or how often such links were used for sharing; null: not known',
            ),
          linksBy: z
            .enum(['report', 'usage', 'libraries'])
            .nullable()
            .describe(
              'Source of the count: the sharing report, the number of times it was shared, or links to whole libraries; null: there is no count',
            ),
          everyone: z
            .number()
            .int()
            .nullable()
            .describe('Number of permissions for everyone; null: not known'),
          organization: z
            .number()
            .int()
            .nullable()
            .describe('Number of permissions for everyone but guests; null: not known'),
          people: z
            .number()
            .int()
            .nullable()
            .describe(
              'Number of people who can open it, according to the sharing report, or members of the largest group; null: not known',
            ),
        }),
      )
      .describe('Sites that are widely open, or for which it is not known, most exposed first'),
  }),
  premium: z.object({
    read,
    p1Owned: z
      .number()
      .nullable()
      .describe('Number of licenses; null: the figures were not read, or do not say'),
    p2Owned: z
      .number()
      .nullable()
      .describe('Number of licenses; null: the figures were not read, or do not say'),
    p1Used: used,
    p2Used: used,
  }),
  licensed: z.object({
    read,
    seats: z
      .number()
      .int()
      .nullable()
      .describe('Number of people with a seat; null: the members were not read'),
    plans: z.array(
      z.object({
        capability: z.string(),
        title: z.string(),
        have: z.number().int().describe('Of these, people whose account has a license with it turned on'),
        lack: z.array(z.string()),
        unknown: z.array(z.string()).describe('People without a matching account, or with unknown licenses'),
      }),
    ),
  }),
  domains: z.object({
    read,
    list: z.array(
      z.object({
        name: z.string(),
        verified: z.boolean().nullable().describe('null: not reported'),
        isDefault: z
          .boolean()
          .nullable()
          .describe('Whether it is the tenant’s default domain; null: not reported'),
        authentication: z
          .string()
          .nullable()
          .describe('Managed or Federated, in Microsoft’s words; null: not reported'),
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
      'Devices of people with a seat and how many comply, applications and agents with Claude’s name, background sign-ins that were refused, risky users and detections, alerts of Defender, sessions through Defender for Cloud Apps, compliance policies, licenses of Entra ID P1 and P2 used against owned, and domains. Each part says when it was read, or why not.',
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
    verifiedAccount: true,
    proof: 'fresh',
    cli: 'microsoft-tenant close-alert',
    guide: ['G5.5-03'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        alert: z.string().min(1).max(200).describe('Id of the alert in Defender, from microsoft-tenant show'),
        version: z.number().int().min(0).describe('Version that was shown; 0: no one closed it here'),
        classification: z.enum(CLASSIFICATIONS),
        determination: z.enum(DETERMINATION_NAMES),
        note: reasonParam,
      }),
    )
    .output(closing),
};
