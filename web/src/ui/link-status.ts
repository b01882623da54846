import { dayWords } from '../../../src/domain/text/words.ts';

/** Whether a link that leads somewhere without a sign-in still does, in words. */
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
