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

/** Loaded when it is asked for. */
const ProofDialog = lazy(async () => ({ default: (await import('./proof-dialog.tsx')).ProofDialog }));

type Proven = <T>(act: () => Promise<T>) => Promise<T>;

const ProofContext = createContext<Proven | null>(null);

/**
 * Runs an act; where it needs a fresh proof of who the person is, asks for that and runs it again. Calls of `client` are
 * asked so by themselves; this is for an act of several steps, or by other means.
 */
export function useProof(): Proven {
  const proven = useContext(ProofContext);
  if (proven === null) throw new Error('This part of the console belongs inside ProofProvider.');
  return proven;
}

/** Holds the dialog that asks for the password or a passkey once more. */
export function ProofProvider({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  /** It was asked for; stays from then on, so that closing it gives the focus back. */
  const [isAsked, setIsAsked] = useState(false);
  const waiting = useRef<{ go: () => void; stop: (error: Error) => void } | null>(null);

  const [ask] = useState(() => () => {
    // Who asked before and got no answer is not left waiting.
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
