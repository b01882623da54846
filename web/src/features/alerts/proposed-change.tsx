import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { WaitingChange } from './waiting-change.tsx';
import { proposalWords, type Rule } from './words.ts';

/** A proposed change that makes a rule find less, and its approval by a second person. */
export function ProposedChange({ rule, may }: { readonly rule: Rule; readonly may: boolean }) {
  const { slug } = useClientHere();
  const { proposed } = rule;
  if (proposed === null) return null;
  const chosen = { client: slug, rule: rule.id, proposal: proposed.id };
  return (
    <WaitingChange
      about={rule.title}
      words={`${proposalWords(rule)} waits for approval by someone else. The detection stays as it is until then.`}
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
