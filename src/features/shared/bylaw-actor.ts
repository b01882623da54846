import type { AuditActor } from '#store/audit.ts';

/** Who does what nobody asked for, on the audit log. */
export const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, automatically' };
