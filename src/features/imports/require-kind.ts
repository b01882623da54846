import { mayStoreKind } from '#domain/access/files-of-hr.ts';
import type { ClientPermission } from '#domain/access/permissions.ts';
import { forbidden } from '../problems.ts';

/**
 * Throws if the role only covers HR lists and the reading is of another kind: a table typed by HR would otherwise
 * become the state of a system that they are not responsible for.
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
