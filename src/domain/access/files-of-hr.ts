import type { ClientPermission } from './permissions.ts';

/**
 * The lists that HR keeps, which the right to import covers by itself. Other kinds of files show the state of systems.
 */
const OF_HR: ReadonlySet<string> = new Set(['roster', 'acknowledgements']);

/** Whether someone may import a file of this kind, set it aside, or restore it. */
export function mayStoreKind(may: (permission: ClientPermission) => boolean, kind: string): boolean {
  return OF_HR.has(kind) ? may('imports.write') : may('imports.any_kind');
}
