import { Button } from '@mantine/core';
import { Notice } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Comparing, Shown } from './words.ts';

interface AdviceProps {
  readonly slug: string;
  readonly shown: Shown;
  readonly comparing: Comparing;
}

/** Advice for any goal: the minimum that the guide recommends, and the first measure against uploads. */
export function Advice({ slug, shown: { minimum, first }, comparing }: AdviceProps) {
  return (
    <>
      {minimum === null || minimum.state === 'met' || minimum.state === 'not_needed' ? null : (
        <Notice
          mark={minimum.state === 'below' ? 'fail' : 'cannot_read'}
          action={compare(minimum.step, comparing)}
        >
          {minimum.words} {minimum.state === 'below' ? stepWords('step up', minimum) : null}
        </Notice>
      )}
      {first === null ? null : (
        <Notice action={compare(first.step, comparing)}>
          <strong>First, against uploads of member data:</strong>{' '}
          <AppLink href={`/c/${slug}/controls/${first.control.replace(/^CLA-/, '')}`}>{first.title}</AppLink>.{' '}
          {first.because}{' '}
          {first.doubt === null ? null : `It is not known whether a stronger option exists. ${first.doubt} `}
          {first.step === null && first.unpriced === null
            ? null
            : `It does not inspect what is uploaded. ${stepWords('way to that', first)}`}
        </Notice>
      )}
    </>
  );
}

type Steps = Pick<NonNullable<Shown['first']>, 'step' | 'unpriced'>;

function stepWords(what: string, { step, unpriced }: Steps): string {
  const quote =
    unpriced === null ? '' : ` ${unpriced.name} would also do, but has no complete price yet; enter a quote.`;
  if (step !== null)
    return `The cheapest ${what} with a known price: ${step.name}, ${step.month} each month.${quote}`;
  return unpriced === null
    ? 'No purchase known to Bylaw provides it.'
    : `No ${what} has a complete price yet. ${unpriced.name} would do; enter the quote.`;
}

function compare(step: Steps['step'], comparing: Comparing) {
  const press = step === null ? null : comparing(step.sets);
  return step === null || press === null ? undefined : (
    <Button size="xs" onClick={press} aria-label={`Compare ${step.name}`}>
      Compare
    </Button>
  );
}
