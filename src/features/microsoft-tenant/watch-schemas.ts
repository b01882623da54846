import { z } from 'zod';
import {
  CLASSIFICATIONS,
  CLOSING_PROBLEMS,
  CLOSING_STATES,
  DETERMINATION_NAMES,
} from '#domain/microsoft/alert-closing.ts';
import { ALERT_KINDS } from '#domain/rules/microsoft/defender-alerts.ts';
import { instant } from '../operation.ts';
import { read } from './schemas.ts';

/** What people decided about an alert, and whether Defender has it. */
export const closing = z.object({
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

/** Alerts of Defender about Claude, and what people decided about them. */
export const alerts = z.object({
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
});

/** Claude’s events in Defender for Cloud Apps. */
export const sessions = z.object({
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
});

/** SharePoint sites that are widely open. */
export const sites = z.object({
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
    .describe('Sites whose document libraries were not read, or not all of them, in the newest live reading'),
  total: z.number().int(),
  list: z
    .array(
      z.object({
        key: z.string().describe('Key that an exception to the control uses'),
        name: z.string(),
        url: z.string().nullable().describe('null: neither the sharing report nor the live reading shows it'),
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
        everyone: z.number().int().nullable().describe('Number of permissions for everyone; null: not known'),
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
});
