import { PlannedChange } from './planned-change.tsx';

const CHANGE_WORDS = {
  entra_account: {
    act: 'Plan to close the account in Entra',
    explains:
      'The account is disabled and its Entra sessions are ended. Someone else has to approve it. If Bylaw may write to Entra, it does both; otherwise it lists the steps.',
  },
  connector_grants: {
    act: 'Plan to end the Microsoft 365 consents',
    explains:
      'Every consent this person gave the Microsoft 365 connector is revoked. Someone else has to approve it. If Bylaw may write to Entra, it does so; otherwise it lists the steps. Tokens that were already issued keep working for about an hour.',
  },
} as const;

interface PersonChangeProps {
  readonly slug: string;
  readonly target: keyof typeof CHANGE_WORDS;
  /** Email address of the person. */
  readonly subject: string;
}

/** Closes a person's access in Microsoft 365: the account, or the permissions they granted to Claude's connector. */
export function PersonChange({ slug, target, subject }: PersonChangeProps) {
  const { act, explains } = CHANGE_WORDS[target];
  return (
    <PlannedChange slug={slug} target={target} subject={subject} act={act}>
      <p>{explains}</p>
    </PlannedChange>
  );
}
// Guide: G6.6-01 G6.6-04 G7.2-07
