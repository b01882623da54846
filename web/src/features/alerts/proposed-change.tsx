import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { WaitingChange } from './waiting-change.tsx';
import { type Detection, proposalWords } from './words.ts';

/** A proposed change that makes a detection find less, and its approval by a second person. */
export function ProposedChange({ detection, may }: { readonly detection: Detection; readonly may: boolean }) {
  const { slug } = useClientHere();
  const { proposed } = detection;
  if (proposed === null) return null;
  const chosen = { client: slug, detection: detection.id, proposal: proposed.id };
  return (
    <WaitingChange
      about={detection.title}
      words={`${proposalWords(detection)} waits for approval by someone else. The detection stays as it is until then.`}
      proposed={proposed}
      may={may}
      approve={async () => {
        await calls.detections.approve(chosen);
        await done('Approved. It applies to events received from now on.', api.detections.key());
      }}
      withdraw={async (reason) => {
        await calls.detections.withdraw({ ...chosen, reason });
        await done('The detection stays as it is.', api.detections.key());
      }}
    />
  );
}
