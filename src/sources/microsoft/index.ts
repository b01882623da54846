import type { FileKind } from '../exports/file-kind.ts';
import { defineSource } from '../source.ts';
import { devicesTable } from './devices-table.ts';
import { graphKinds } from './kinds.ts';
import { licensesTable } from './licenses-table.ts';
import { live } from './live/index.ts';
import { sharedSitesTable } from './shared-sites-table.ts';
import { signInsTable } from './sign-ins-table.ts';
import { siteUsageTable } from './site-usage-table.ts';
import { entraUsersTable } from './users-table.ts';

/** Microsoft 365 and Entra: live from Microsoft Graph, from saved responses, and from tables of the admin centers. */
export const microsoft = defineSource({
  id: 'microsoft',
  files: [
    entraUsersTable as FileKind,
    signInsTable as FileKind,
    sharedSitesTable as FileKind,
    siteUsageTable as FileKind,
    devicesTable as FileKind,
    licensesTable as FileKind,
    ...graphKinds,
  ],
  live,
});
