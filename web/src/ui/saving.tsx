import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { queries } from '../api.ts';
import { type EarlierChange, meanwhileOf } from './edited.ts';
import { explainError } from './explain-error.ts';
import { Row } from './layout.tsx';
import { useUnsaved } from './unsaved.tsx';

/** State of saving a form that stays on its page. */
export interface Saving {
  readonly busy: boolean;
  /** Why saving failed, in a sentence. */
  readonly failure: string | null;
  /** Who saved something else meanwhile, for a `ConflictNotice`. */
  readonly quicker: EarlierChange;
  /** Runs the save. Never throws: errors are in `failure`. */
  readonly save: (work: () => Promise<unknown>) => Promise<void>;
}

/**
 * @param notice The form shows a `ConflictNotice`, so on a conflict the stored version is loaded instead of showing a
 *   sentence.
 */
export function useSaving({ notice = false } = {}): Saving {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [quicker, setQuicker] = useState<EarlierChange>({ by: null, at: null });
  const save = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      const { code, text } = explainError(error);
      setQuicker(meanwhileOf(error));
      if (notice && code === 'CONFLICT') await queries.invalidateQueries();
      else setFailure(text);
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, quicker, save };
}

interface SaveBarProps {
  saving: Pick<Saving, 'busy' | 'failure'>;
  changed: boolean;
  /** The primary action of the page. */
  filled?: boolean;
  /** Buttons beside it. */
  more?: ReactNode;
  children: ReactNode;
}

/**
 * The footer of a form that stays on its page: the error, and the save button. With unsaved changes, leaving asks
 * first.
 */
export function SaveBar({ saving: { busy, failure }, changed, filled, more, children }: SaveBarProps) {
  useUnsaved(() => changed && !busy);
  return (
    <>
      <p role="alert" className="late">
        {failure}
      </p>
      <Row gap="md">
        <Button type="submit" {...(filled && { variant: 'filled' })} disabled={!changed} loading={busy}>
          {children}
        </Button>
        {more}
      </Row>
    </>
  );
}
