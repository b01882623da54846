import { done } from '../../acts.ts';
import { api, queries } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { WaitingChange } from '../alerts/waiting-change.tsx';

interface WaitingActProps {
  /** What the action applies to: "The SIEM". */
  readonly about: string;
  readonly proposed: {
    readonly act: 'disconnect' | 'pause' | 'remove';
    readonly by: string;
    readonly at: string;
    readonly may: { readonly approve: boolean; readonly why: string | null };
  };
  readonly approve: () => Promise<unknown>;
  readonly withdraw: (reason: string) => Promise<unknown>;
}

const ACTS = {
  disconnect:
    'Disconnecting it waits for approval by someone else, because nothing more would be read. Until then, it is read as before.',
  pause:
    'Pausing it waits for approval by someone else, because less would be seen elsewhere. Until then, it keeps sending.',
  remove:
    'Removing it waits for approval by someone else, because nothing more would be sent there. Until then, it keeps sending.',
} as const;

/** An action that would stop a source or a sink and waits for a second person. */
export function WaitingAct({ about, proposed, approve, withdraw }: WaitingActProps) {
  const may = useMay('connections.edit');
  const settle = async (text: string) => {
    await queries.invalidateQueries();
    await done(text, api.work.key());
  };
  return (
    <WaitingChange
      about={about}
      words={ACTS[proposed.act]}
      proposed={proposed}
      may={may}
      approve={async () => {
        await approve();
        await settle('Approved. It takes effect at once.');
      }}
      withdraw={async (reason) => {
        await withdraw(reason);
        await settle('It stays as it is.');
      }}
    />
  );
}

/** The message after an action was done, or waits for approval. */
export function actWords(waits: boolean, text: string): string {
  return waits ? 'It waits for approval by someone else. Until then it goes on as before.' : text;
}
