import type { HandlersOf } from '../handlers-of.ts';
import { closeAlert } from './close-alert.ts';
import type { microsoftTenantContract } from './contract.ts';
import { showMicrosoftTenant } from './show.ts';

export const microsoftTenantHandlers: HandlersOf<typeof microsoftTenantContract> = {
  show: showMicrosoftTenant,
  closeAlert,
};
