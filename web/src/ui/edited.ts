import { ORPCError } from '@orpc/client';
import { useEffect, useState } from 'react';

/** Who changed a thing while someone else was editing it; null: not known. */
export interface EarlierChange {
  readonly by: string | null;
  readonly at: string | null;
}

const NOBODY_KNOWN: EarlierChange = { by: null, at: null };

/** Extracts who made the conflicting change from the server's error. */
export function meanwhileOf(error: unknown): EarlierChange {
  const data: unknown = error instanceof ORPCError ? error.data : null;
  if (typeof data !== 'object' || data === null) return NOBODY_KNOWN;
  return {
    by: 'by' in data && typeof data.by === 'string' ? data.by : null,
    at: 'at' in data && typeof data.at === 'string' ? data.at : null,
  };
}

interface Form<Values> {
  readonly changed: boolean;
  readonly reset: (to: Values) => void;
}

/**
 * The version that a form is based on, and whether someone else saved another one meanwhile. Until something is typed,
 * the form follows the stored version; after that, nothing is replaced before the person has decided.
 */
export function useEdited<Stored extends { readonly version: number }, Values extends object>(
  stored: Stored,
  valuesOf: (stored: Stored) => Values,
  { changed, reset }: Form<Values>,
): {
  /** Version to pass when saving. */
  readonly version: number;
  /** The version that someone else stored; null: none. */
  readonly theirs: Stored | null;
  /** Restarts from this version: after saving, or when adopting theirs. */
  readonly begin: (from: Stored) => void;
} {
  const [base, setBase] = useState(stored);
  const newer = stored.version > base.version;
  const differs = newer && JSON.stringify(valuesOf(stored)) !== JSON.stringify(valuesOf(base));
  const begin = (from: Stored) => {
    setBase(from);
    reset(valuesOf(from));
  };
  useEffect(() => {
    if (!newer) return;
    if (!changed) begin(stored);
    else if (!differs) setBase(stored);
  }, [newer, differs, changed]);
  return { version: base.version, theirs: differs && changed ? stored : null, begin };
}
