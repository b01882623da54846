import { z } from 'zod';
import { STATES } from '#domain/model/verdict.ts';
import { clientParam, instant, operationsOf } from '../operation.ts';

const requirement = z.object({
  id: z.enum(['consent', 'assignment', 'scopes', 'access', 'sharing']),
  title: z.string(),
  what: z.string(),
  controls: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      state: z.enum(STATES).nullable().describe('null: not decided, or you may not see it'),
      reason: z.string().nullable().describe('Reason of the verdict; null: not evaluated'),
    }),
  ),
});

const app = z.object({
  appId: z.string(),
  name: z.string(),
  role: z.enum(['sign_in', 'client', 'server']),
  there: z.boolean().nullable().describe('null: the enterprise applications were not read'),
  called: z.string().nullable().describe('Name in Entra; null: it is not there, or was not read'),
  enabled: z.boolean().nullable().describe('Whether people can sign in to it; null: not reported'),
  assignmentRequired: z
    .boolean()
    .nullable()
    .describe('Whether only assigned people can use it; null: not reported'),
});

const { get } = operationsOf({ feature: 'Microsoft 365 connector', scope: 'client' });

export const microsoftConnectorContract = {
  show: get('/clients/{client}/microsoft-connector', {
    permission: 'charter.read',
    title: 'Show what the Microsoft 365 connector needs and holds in Entra',
    description:
      'Its two applications by id, their assignment, the granted scopes compared with those that the charter needs, with the calls that remove the rest, and the range for Conditional Access. From files of Microsoft Graph.',
    cli: 'microsoft-connector show',
    mcp: true,
    guide: ['G3.2-00', 'G3.2-01', 'G3.2-02', 'G3.2-03', 'G7.2-01'],
    boundedBy: 'the scopes of two applications',
  })
    .input(
      z.object({
        client: clientParam,
        draft: z
          .string()
          .min(1)
          .max(80)
          .optional()
          .describe('Open draft to use instead of the charter in force'),
      }),
    )
    .output(
      z.object({
        charter: z.string().describe('Charter it was compared with'),
        requirements: z.array(requirement),
        apps: z.array(app),
        scopes: z.array(
          z.object({
            scope: z.string(),
            needed: z.boolean().nullable().describe('null: cannot be determined'),
            lets: z
              .string()
              .nullable()
              .describe('What it allows Claude to do; null: not documented for the connector'),
            everyone: z.boolean(),
            people: z.number().int().describe('Permissions granted by or for individual people'),
          }),
        ),
        lacking: z.array(z.string()).describe('Required for approved writing, but not granted'),
        needed: z.object({
          from: z
            .string()
            .nullable()
            .describe('What the need was derived from; null: it cannot be determined'),
          why: z.string().nullable().describe('Why it cannot be determined; null: it can'),
          unclear: z
            .array(z.string())
            .describe('Actions the charter allows for which the required permission is unknown'),
        }),
        since: z
          .object({ earlier: z.string(), added: z.array(z.string()), removed: z.array(z.string()) })
          .nullable()
          .describe('Differences from the earlier permission grants file; null: there is none'),
        consents: z
          .object({
            list: z.array(
              z.object({
                at: z.string(),
                by: z.string().nullable().describe('null: Entra does not name it'),
                application: z.boolean().describe('true: it was an application, not a person'),
                activity: z.string().describe('In Microsoft’s words'),
                appId: z.string(),
              }),
            ),
            from: z.string().nullable().describe('Oldest change in Entra’s audit log; null: none'),
          })
          .nullable()
          .describe('Consents in Entra’s audit log, newest first; null: not read'),
        removals: z.array(
          z.object({
            grant: z.string().nullable().describe('Id of the grant; null: the file does not give it'),
            person: z.string().nullable().describe('null: for everyone'),
            removes: z.array(z.string()),
            keeps: z.array(z.string()),
            graph: z.string(),
            powershell: z.string(),
          }),
        ),
        linkers: z
          .object({
            consent: z.enum(['everyone', 'people', 'none']),
            assignment: z
              .boolean()
              .nullable()
              .describe('Whether only assigned people can sign in; null: not known'),
            of: z.number().int().describe('Number of enabled accounts that were checked'),
            count: z.number().int().describe('Number of people who could link it from any Claude account'),
            withoutSeat: z.number().int().describe('Of these, people without a seat here'),
            unknown: z.number().int().describe('Number of people for whom it is not known'),
            names: z.array(z.string()).describe('At most 50; empty if you may not see people'),
          })
          .nullable()
          .describe('null: applications, grants or users were not read, or the connector is not in Entra'),
        people: z
          .object({
            count: z.number().int().describe('Permissions that individual people granted for themselves'),
            withoutSeat: z.number().int().describe('Of these, from people without a seat here'),
            unknown: z.number().int().describe('Of these, from people for whom that is not known'),
            list: z
              .array(
                z.object({
                  key: z.string().describe('Id of the grant, to open an incident with'),
                  app: z.string(),
                  person: z.string().describe('Email address, or object id if it is not among the users'),
                  name: z.string().nullable().describe('null: the directory has none'),
                  seat: z
                    .boolean()
                    .nullable()
                    .describe('Whether the person has a Claude seat here; null: not known'),
                  enabled: z.boolean().nullable().describe('Whether the account is enabled; null: not known'),
                  scopes: z.array(z.string()),
                }),
              )
              .describe('At most 200, people without a seat first; empty if you may not see people'),
          })
          .nullable()
          .describe('null: applications or grants were not read'),
        egress: z.string(),
        observed: z.object({
          on: z
            .string()
            .nullable()
            .describe('Day of the oldest reading that is used; null: nothing was read'),
          why: z.string().nullable().describe('Why it cannot be read; null: it was read'),
          howToGet: z.string().nullable().describe('How to make it readable; null: it was read'),
        }),
      }),
    ),

  gallery: get('/clients/{client}/microsoft-connector/gallery', {
    permission: 'charter.read',
    title: 'Look Claude up in Microsoft’s gallery of applications',
    description:
      'The application that reads the tenant asks Microsoft Graph now which applications in the gallery are named Claude.',
    cli: 'microsoft-connector gallery',
    guide: ['G6.1-03'],
    boundedBy: 'what the gallery calls Claude',
  })
    .input(z.object({ client: clientParam }))
    .output(
      z.object({
        at: instant,
        listed: z.boolean(),
        templates: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            publisher: z.string().nullable().describe('null: Microsoft states none'),
          }),
        ),
      }),
    ),
};
