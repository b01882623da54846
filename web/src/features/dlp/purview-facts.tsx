import { useClientHere } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import type { Hook } from './hook-page.tsx';

/** What data is sent, the cost and the requirements of asking Purview about prompts, shown before it is turned on. */
export function PurviewFacts({ data: { hook, purview } }: { data: Hook }) {
  const { slug } = useClientHere();
  return (
    <>
      <Stack as="ul" gap="xs" bullets>
        <li>
          What leaves: the text of each prompt that Bylaw’s own rules let pass, with the person’s account and
          a reference. It goes only to your own Microsoft tenant, which may keep it according to its policies.
          A prompt in which Bylaw finds something is not sent.
        </li>
        <li>
          What it costs: Microsoft bills usage to the Azure subscription linked to Purview in your tenant.
        </li>
        <li>
          What it requires: an Entra account with the address the person uses in Claude, and a Purview policy
          that names the connected application as its location. Without such a policy, nothing is blocked.
        </li>
        <li>
          If no answer comes in time, Bylaw’s own decision applies. Prompts of more than 100,000 characters
          are not sent.
        </li>
      </Stack>
      {purview.application === 'ready' ? null : (
        <Notice
          mark={hook?.purview === true ? 'cannot_read' : 'info'}
          action={<LinkButton href={`/c/${slug}/connections`}>Open Sources</LinkButton>}
        >
          {APPLICATION_WORDS[purview.application]}
          {hook?.purview === true ? ' Purview is not being asked.' : ''}
        </Notice>
      )}
    </>
  );
}

const APPLICATION_WORDS: Readonly<Record<Exclude<Hook['purview']['application'], 'ready'>, string>> = {
  none: 'The application that asks Purview is not connected.',
  missing: 'The application that asks Purview lacks a permission.',
  refused: 'Microsoft is refusing the application that asks Purview.',
};
