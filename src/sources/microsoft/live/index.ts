import { z } from 'zod';
import type { LiveDefinition } from '../../source.ts';
import { graphClient } from '../graph/client.ts';
import { CLOUDS, hostsOf } from '../graph/clouds.ts';
import { USES } from './permissions.ts';
import { agentPackages } from './streams/agent-packages.ts';
import { applications, assignments, grants } from './streams/applications.ts';
import { cloudAppEvents } from './streams/cloud-app-events.ts';
import { conditionalAccess, namedLocations, securityDefaults } from './streams/conditional-access.ts';
import { groups, licenses, roles, users } from './streams/directory.ts';
import { directoryAudits, groupChanges } from './streams/directory-audits.ts';
import {
  alerts,
  compliancePolicies,
  devices,
  domains,
  methods,
  premiumUse,
  riskDetections,
  riskyUsers,
} from './streams/protection.ts';
import { backgroundSignIns, signIns } from './streams/sign-ins.ts';
import { sitePermissions } from './streams/site-permissions.ts';
import { siteUsage } from './streams/site-usage.ts';
import { type SignedIn, testApplication } from './test-application.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const credential = z.object({
  use: z.enum(USES).default('reading'),
  cloud: z.enum(CLOUDS),
  tenant: z
    .string()
    .trim()
    .refine(
      (text) => GUID.test(text) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text),
      'Tenant ID: enter the ID from the overview page of Entra, or one of the tenant’s domains.',
    ),
  application: z
    .string()
    .trim()
    .regex(GUID, 'Application ID: enter the application (client) ID from the application’s page in Entra.'),
  secret: z.string().trim().min(1, 'Enter the certificate with its key, or the client secret.').max(20_000),
});

/**
 * Reads a tenant through Microsoft Graph with one application that an administrator consented to, and uses a separate
 * application for each of: changing Conditional Access, closing accounts, changing Claude's applications, closing
 * alerts, writing the weekly file to a site, reading who can open sites, and asking Purview about prompts.
 */
export const live: LiveDefinition<typeof credential, SignedIn> = {
  credential,
  fields: {
    use: {
      label: 'What it is for',
      choices: {
        reading: 'Reading the tenant',
        writing: 'Changing Conditional Access, as approved',
        leaving: 'Closing accounts of people who left, as approved',
        applications: 'Changing Claude’s applications, as approved',
        alerts: 'Closing alerts of Defender, as classified here',
        weekly: 'Writing the weekly file into one SharePoint site',
        sharing: 'Reading who can open SharePoint sites',
        prompts: 'Asking Purview about prompts',
      },
    },
    cloud: {
      label: 'Cloud',
      choices: {
        global: 'Microsoft 365, GCC included',
        gcc_high: 'US Government, GCC High',
        dod: 'US Government, DoD',
        china: 'China, 21Vianet',
      },
    },
    tenant: { label: 'Tenant ID', help: 'On the overview page of Microsoft Entra.' },
    application: { label: 'Application ID', help: 'On the application’s page: Application (client) ID.' },
    secret: {
      label: 'Certificate with its key, or client secret',
      help: 'Both blocks of the certificate as PEM (preferred), or the secret’s value. It is encrypted and never shown again.',
      secret: true,
      lines: true,
    },
  },
  kindOf: ({ use }) => use,
  hint: ({ application }) => `…${application.slice(-4)}`,
  hosts: ({ cloud }) => {
    const { login, graph } = hostsOf(CLOUDS.find((one) => one === cloud) ?? 'global');
    return [login, graph];
  },
  streams: [
    licenses,
    users,
    groups,
    roles,
    applications,
    assignments,
    grants,
    conditionalAccess,
    namedLocations,
    securityDefaults,
    signIns,
    backgroundSignIns,
    directoryAudits,
    groupChanges,
    devices,
    riskyUsers,
    riskDetections,
    methods,
    domains,
    premiumUse,
    alerts,
    cloudAppEvents,
    compliancePolicies,
    agentPackages,
    siteUsage,
    sitePermissions,
  ],
  oneClient: true,
  whyNotWith: ({ application, use, cloud }, others) =>
    use === 'prompts' && cloud !== 'global'
      ? 'Microsoft allows Purview to be asked about prompts only in its global cloud.'
      : others.some((one) => one.application?.toLowerCase() === application.toLowerCase())
        ? 'This application is already connected here for something else. Each use needs its own application, so that consent for one can end without the others.'
        : null,
  connect: (given, reach) => ({
    graph: graphClient(given, reach),
    cloud: given.cloud,
    tenant: given.tenant,
    application: given.application,
    secret: given.secret,
  }),
  test: testApplication,
};
