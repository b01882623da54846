import type { client as calls } from '../../api.ts';

export type OwnToken = Awaited<ReturnType<typeof calls.access.tokens.list>>['items'][number];

export const PURPOSE_WORDS: Readonly<
  Record<OwnToken['purpose'], { readonly name: string; readonly may: string }>
> = {
  cli: { name: 'Command line', may: 'Does what you may do, from a terminal.' },
  mcp: { name: 'Claude, reading only', may: 'Lets Claude ask what is out of policy. It changes nothing.' },
  automation: {
    name: 'A program',
    may: 'Does what you may do, without you: imports each night, for example.',
  },
};

export const TOKEN_STATES: Readonly<Record<OwnToken['state'], string>> = {
  active: 'Active',
  expired: 'Ran out',
  revoked: 'Revoked',
};
