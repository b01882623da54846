import { ORPCError } from '@orpc/client';
import { useEffect, useState } from 'react';

/** Who changed a thing while someone else had it open; null where it cannot be determined. */
export interface Meanwhile {
  readonly by: string | null;
  readonly at: string | null;
}

const NOBODY_KNOWN: Meanwhile = { by: null, at: null };

/** Who was quicker, out of the server's refusal. */
export function meanwhileOf(error: unknown): Meanwhile {
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
 * What a form was opened on, and whether someone else stored something else meanwhile. While nothing was typed the
 * form follows what is stored; once something was typed nothing is replaced before the person has chosen.
 */
export function useEdited<Stored extends { readonly version: number }, Values extends object>(
  stored: Stored,
  valuesOf: (stored: Stored) => Values,
  { changed, reset }: Form<Values>,
): {
  /** Version that a save is made on. */
  readonly version: number;
  /** What someone else stored; null while nobody did. */
  readonly theirs: Stored | null;
  /** Begins again from this: after a save, or where theirs is taken. */
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
