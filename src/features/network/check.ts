import type { HandlerContext } from '../context.ts';
import { readForeign, refusing } from '../foreign/index.ts';
import { badRequest, unprocessable } from '../problems.ts';
import { bodyOf } from '../uploaded.ts';
import { LEVELS } from './schemas.ts';
import { type NetworkInput, networkPlan } from './show.ts';
import { FINDING_WORDS, FORM_WORDS } from './words.ts';

const MAX_BYTES = 1024 * 1024;

/** Checks a configuration without storing it. */
export async function checkNetwork(
  context: HandlerContext,
  { name, ...input }: NetworkInput & { readonly name: string },
) {
  const { body } = context.request;
  if (body === null) throw badRequest('The request contains no file.');
  const bytes = await bodyOf(
    body,
    MAX_BYTES,
    'The file is larger than 1 MB. The configuration of one rule is a few kB; is it the right one?',
  );
  const { organizations } = await networkPlan(context, input);
  const { restriction } = context.services.catalogue.network;
  const { form, headers, findings } = await refusing(
    readForeign('networkConfig', { bytes, restriction, organizations }),
    { refuse: ({ message }) => unprocessable(message) },
  );
  return {
    file: name,
    form,
    formTitle: FORM_WORDS[form],
    against: organizations.length === 0 ? 'no organization, since none is known' : organizations.join(', '),
    headers: headers.map((one) => ({ name: one.name, value: one.value })),
    findings: findings
      .map(({ code, found, line }) => {
        const words = FINDING_WORDS[code];
        return { level: words.level, code, line, says: words.says(found ?? ''), do: words.do };
      })
      .toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)),
  };
}
