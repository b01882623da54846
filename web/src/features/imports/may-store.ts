import { mayStoreKind } from '../../../../src/domain/access/files-of-hr.ts';
import { useMay } from '../../session.tsx';

/** Whether the person may store a file of a kind: HR stores only the lists that it keeps. */
export function useMayStore(): (kind: string) => boolean {
  const mayWrite = useMay('imports.write');
  const mayAnyKind = useMay('imports.any_kind');
  return (kind) =>
    mayStoreKind((permission) => (permission === 'imports.any_kind' ? mayAnyKind : mayWrite), kind);
}
