import { dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { Stack } from '../../ui/layout.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Template } from './words.ts';

/** States of the test in which it still has to be done. */
const OPEN: ReadonlySet<string> = new Set(['fail', 'cannot_read', 'pending']);

/** The settings entered in the Defender portal, and the test required before the policy is enabled for everyone. */
export function TestPart({ slug, test }: { slug: string; test: NonNullable<Template['test']> }) {
  const { control, state, reason, patterns, deployed, pending } = test;
  return (
    <Stack gap="xs">
      {deployed === null ? (
        <VerdictMark state="cannot_read">
          No one has recorded that the session policy was entered. The current version of the patterns is{' '}
          {patterns}.
        </VerdictMark>
      ) : (
        <>
          <p>
            Attested by {deployed.by} on {dayWords(deployed.on)}, with patterns version {deployed.patterns}.
          </p>
          {pending ? (
            <VerdictMark state="pending">
              Version {patterns} is newer and has not been entered yet.
            </VerdictMark>
          ) : null}
        </>
      )}
      <VerdictMark state={state ?? 'cannot_read'}>
        {state === null || OPEN.has(state) ? 'Enable it for a test group first. ' : ''}
        {reason ?? 'The result of the test is not known.'}
      </VerdictMark>
      <p>
        <AppLink href={`/c/${slug}/controls/${control.replace(/^CLA-/, '')}`}>{shortId(control)}</AppLink>.{' '}
        <AppLink href={`/c/${slug}/connectors/data-loss-prevention`}>
          Files to test with, and the patterns
        </AppLink>
        .{' '}
        <AppLink href={`/c/${slug}/deployment/defender_reviewed`}>Record what you entered or tested</AppLink>
      </p>
    </Stack>
  );
}
// Guide: G6.4-06 G6.4-08 G6.4-10
