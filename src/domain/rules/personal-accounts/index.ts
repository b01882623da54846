import { type AnyRule, register } from '../registry.ts';
import { accountsClosed } from './accounts-closed.ts';
import { accountsContacted } from './accounts-contacted.ts';
import { aiToolsDecided } from './ai-tools.ts';
import { desktopOrgLock, personalDevices } from './devices.ts';
import { microsoftLinks } from './microsoft-links.ts';
import { newAccounts } from './new-accounts.ts';
import { discoveryReviewed, networkBlockProbe, tenantRestrictionProbe } from './probes.ts';
import { reportMonthly } from './report-monthly.ts';
import { staffNotified } from './staff-notified.ts';

export const rules: readonly AnyRule[] = [
  register(newAccounts),
  register(reportMonthly),
  register(accountsClosed),
  register(accountsContacted),
  register(microsoftLinks),
  register(tenantRestrictionProbe),
  register(personalDevices),
  register(desktopOrgLock),
  register(networkBlockProbe),
  register(staffNotified),
  register(discoveryReviewed),
  register(aiToolsDecided),
];
