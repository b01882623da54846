import { keptLog } from '../kept-log.ts';

/** Who consented, added applications or changed policies: what of Entra's audit log concerns applications and policies. */
export const directoryAudits = keptLog({
  id: 'directory_audits',
  title: 'Changes of applications and policies',
  kind: 'directory_audits',
  scope: 'AuditLog.Read.All',
  path: '/auditLogs/directoryAudits',
  at: 'activityDateTime',
  backDays: 30,
  overlapMs: 2 * 3_600_000,
  top: '999',
  parts: async () => ({
    filters: ["(category eq 'ApplicationManagement' or category eq 'Policy')"],
  }),
});
// Guide: G6.1-01 G7.1-08
