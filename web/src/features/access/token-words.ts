import { TOKEN_PURPOSE_WORDS, TOKEN_STATE_WORDS } from '../../../../src/domain/access/words.ts';
import type { client as calls } from '../../api.ts';

export type OwnToken = Awaited<ReturnType<typeof calls.access.tokens.list>>['items'][number];

export const PURPOSE_WORDS: Readonly<
  Record<OwnToken['purpose'], { readonly name: string; readonly may: string }>
> = {
  cli: { name: TOKEN_PURPOSE_WORDS.cli, may: 'Does anything you may do, from a terminal.' },
  mcp: {
    name: TOKEN_PURPOSE_WORDS.mcp,
    may: 'Lets Claude ask what is out of policy, without being able to change anything.',
  },
  automation: {
    name: TOKEN_PURPOSE_WORDS.automation,
    may: 'Does anything you may do, without you: for example, nightly imports.',
  },
  backup: {
    name: TOKEN_PURPOSE_WORDS.backup,
    may: 'Backs up everything and can do nothing else. For Owners.',
  },
};

export const TOKEN_STATES: Readonly<Record<OwnToken['state'], string>> = TOKEN_STATE_WORDS;
