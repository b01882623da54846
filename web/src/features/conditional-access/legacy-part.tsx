import { shortId } from '../../../../src/domain/text/words.ts';
import { Stack } from '../../ui/layout.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Template } from './words.ts';

interface LegacyPartProps {
  readonly slug: string;
  readonly legacy: NonNullable<Template['legacy']>;
  /** Whether the policy that replaces it is in Entra. */
  readonly made: boolean;
}

/** Whether the legacy policy that this one replaces is still on. No API exposes it, so a person has to look. */
export function LegacyPart({ slug, legacy: { control, state, reason }, made }: LegacyPartProps) {
  if (state === 'not_licensed' || state === 'not_applicable') return <p>{reason}</p>;
  return (
    <Stack gap="xs">
      <VerdictMark state={state ?? 'cannot_read'}>
        {state === 'pass' ? 'None are on. ' : state === 'fail' ? 'One is still on. ' : ''}
        {reason ?? 'It is not known whether one is still on.'}
      </VerdictMark>
      {state === 'fail' ? (
        <p>
          {made
            ? 'Enable the policy here, then disable the legacy one in Entra.'
            : 'Create the policy here first, then disable the legacy one in Entra.'}
        </p>
      ) : null}
      <p>
        <AppLink href={`/c/${slug}/controls/${control.replace(/^CLA-/, '')}`}>{shortId(control)}</AppLink>.{' '}
        <AppLink href={`/c/${slug}/attestations?new=${control}`}>Record what you see in Entra</AppLink>
      </p>
    </Stack>
  );
}
// Guide: G6.5-02
