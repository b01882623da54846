import type { AuditActor } from '#store/audit.ts';

/** Actor in the audit log for what Bylaw does by itself. */
export const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, automatically' };
