import type { ClientPermission } from './permissions.ts';

/** What the right to bring files in covers by itself: the lists that HR keeps. Files of any other kind say what systems show. */
const OF_HR: ReadonlySet<string> = new Set(['roster', 'acknowledgements']);

/** Whether someone may let a file of this kind count, set it aside or put it back. */
export function mayStoreKind(may: (permission: ClientPermission) => boolean, kind: string): boolean {
  return OF_HR.has(kind) ? may('imports.write') : may('imports.any_kind');
}
