import { dayWords } from '../../../src/domain/text/words.ts';

/** The status of a link that needs no sign-in, in words. */
export function linkStatus({
  state,
  endsOn,
}: {
  readonly state: 'open' | 'ended' | 'revoked';
  readonly endsOn: string;
}): string {
  switch (state) {
    case 'open':
      return `Until ${dayWords(endsOn)}`;
    case 'ended':
      return `Ended on ${dayWords(endsOn)}`;
    case 'revoked':
      return 'Revoked';
  }
}
