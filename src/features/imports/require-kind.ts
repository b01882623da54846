import { mayStoreKind } from '#domain/access/files-of-hr.ts';
import type { ClientPermission } from '#domain/access/permissions.ts';
import { forbidden } from '../problems.ts';

/**
 * Refuses to let a reading of this kind count, or count no longer, for someone whose role covers the lists of HR alone:
 * a table typed by them would else be the state of a system that they have nothing to do with.
 */
export function requireKind(
  can: (permission: ClientPermission) => boolean,
  clientName: string,
  { kind, file }: { readonly kind: string; readonly file: string },
): void {
  if (mayStoreKind(can, kind)) return;
  throw forbidden(
    `Your role for ${clientName} covers the staff roster and lists of policy acknowledgments; ${file} is neither. Leave it out, or ask someone who may import every kind of file.`,
  );
}
