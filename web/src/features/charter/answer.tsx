import { lazy, Suspense } from 'react';
import { useMay } from '../../session.tsx';

const Dialog = lazy(async () => ({ default: (await import('./answer-dialog.tsx')).AnswerDialog }));

/** Lazily loaded dialog that asks questions of the charter on any page. `ids`: comma-separated. */
export function Answer({ ids, onClose }: { ids: string | undefined; onClose: () => void }) {
  const may = useMay('charter.edit');
  if (ids === undefined || !may) return null;
  return (
    <Suspense fallback={null}>
      <Dialog ids={ids} onClose={onClose} />
    </Suspense>
  );
}
