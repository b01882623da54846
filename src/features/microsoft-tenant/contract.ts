import { z } from 'zod';
import { CLASSIFICATIONS, DETERMINATION_NAMES } from '#domain/microsoft/alert-closing.ts';
import { clientParam, operationsOf, reasonParam } from '../operation.ts';
import { agents, apps, background, devices, domains, licensed, policies, premium, risk } from './schemas.ts';
import { alerts, closing, sessions, sites } from './watch-schemas.ts';

export const tenantSchema = z.object({
  devices,
  policies,
  apps,
  agents,
  background,
  risk,
  alerts,
  sessions,
  sites,
  premium,
  licensed,
  domains,
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
