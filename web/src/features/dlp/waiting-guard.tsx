import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { WaitingChange } from '../alerts/waiting-change.tsx';

interface WaitingGuardProps {
  /** What changes: "The inference hook". */
  readonly about: string;
  /** The effect of the change, as a sentence. */
  readonly words: string;
  readonly proposed: {
    readonly id: string;
    readonly by: string;
    readonly at: string;
    readonly may: { readonly approve: boolean; readonly why: string | null };
  };
}

/** A change to a guard or to the member list that waits for a second person. */
export function WaitingGuard({ about, words, proposed }: WaitingGuardProps) {
  const { slug } = useClientHere();
  const may = useMay('detections.edit');
  const chosen = { client: slug, proposed: proposed.id };
  return (
    <WaitingChange
      about={about}
      words={`${words} This waits for approval by someone else, because less would be found or refused. Until then it stays as it is.`}
      proposed={proposed}
      may={may}
      approve={async () => {
        await calls.dlp.guards.approve(chosen);
        await done('Approved. It takes effect with the next request.', api.dlp.key(), api.work.key());
      }}
      withdraw={async (reason) => {
        await calls.dlp.guards.withdraw({ ...chosen, reason });
        await done('It stays as it is.', api.dlp.key(), api.work.key());
      }}
    />
  );
}

interface Held {
  readonly remove: boolean;
  readonly mode: 'watch' | 'enforce' | null;
  readonly purview: boolean | null;
  readonly secret: boolean;
}

/** Example: "It would no longer refuse anything. Microsoft Purview would no longer be asked." */
export function heldWords({ remove, mode, purview, secret }: Held): string {
  if (remove) return 'It would be removed.';
  return [
    mode === null ? '' : 'It would only watch and refuse nothing.',
    purview === null ? '' : 'Microsoft Purview would no longer be asked.',
    secret
      ? 'A new signing secret would replace the stored one. Calls signed with either one are accepted until then.'
      : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
