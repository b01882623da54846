import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { onProofRequired } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';

/** Loaded on first use. */
const ProofDialog = lazy(async () => ({ default: (await import('./proof-dialog.tsx')).ProofDialog }));

type Proven = <T>(act: () => Promise<T>) => Promise<T>;

const ProofContext = createContext<Proven | null>(null);

/**
 * Returns a function that runs an action and, if it requires a fresh sign-in, asks the person to confirm their identity
 * and runs it again. Calls of `client` do so already; use this for an action of several steps or by other means.
 */
export function useProof(): Proven {
  const proven = useContext(ProofContext);
  if (proven === null) throw new Error('This part of the console belongs inside ProofProvider.');
  return proven;
}

/** Provides the dialog for confirming one's identity. */
export function ProofProvider({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  /** Stays true once the dialog was opened, so that closing it can return the focus. */
  const [isAsked, setIsAsked] = useState(false);
  const waiting = useRef<{ go: () => void; stop: (error: Error) => void } | null>(null);

  const [ask] = useState(() => () => {
    // Reject an earlier request that is still waiting, since this one takes over the dialog.
    waiting.current?.stop(
      new Error('Nothing was changed: another action asked you to confirm your identity after it.'),
    );
    return new Promise<void>((go, stop) => {
      waiting.current = { go, stop };
      setIsAsked(true);
      setOpened(true);
    });
  });
  useEffect(() => {
    onProofRequired(ask);
    return () => onProofRequired(null);
  }, [ask]);
  const proven: Proven = async (act) => {
    try {
      return await act();
    } catch (error) {
      if (explainError(error).code !== 'PROOF_REQUIRED') throw error;
      await ask();
      return act();
    }
  };
  const finish = () => {
    waiting.current?.go();
    waiting.current = null;
    setOpened(false);
  };
  const close = () => {
    waiting.current?.stop(new Error('Nothing was changed: you did not confirm your identity.'));
    waiting.current = null;
    setOpened(false);
  };
  return (
    <ProofContext value={proven}>
      {children}
      {isAsked ? (
        <Suspense fallback={null}>
          <ProofDialog opened={opened} onProven={finish} onClose={close} />
        </Suspense>
      ) : null}
    </ProofContext>
  );
}
