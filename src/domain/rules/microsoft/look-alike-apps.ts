import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { appItem, CONNECTOR_APPS, SSO_QUESTION } from './apps.ts';
import { looksLikeClaude } from './look-alike.ts';

const LOOKS = {
  disguised: 'The name imitates Claude with look-alike letters',
  named: "Carries Claude's name",
  misspelled: 'The name is one letter off Claude or Anthropic',
} as const;

export const lookAlikeApps = defineRule({
  name: 'look-alike-apps',
  about:
    "Lists enterprise applications, and agents registered in Entra, whose name says Claude or Anthropic, openly or by look-alike letters, under another application id than the connector's two and the client's own sign-in application.",
  failsFromPart: ['service_principals'],
  params: z.strictObject({}),
  decide(context) {
    const principals = context.read('service_principals');
    if (!principals.ok) return absent(principals).cannotRead(principals.howToGet);
    if (principals.rows.length === 0)
      return because(
        'microsoft.app_presence.list_empty',
        'The enterprise applications file lists nothing, though every tenant has some.',
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save the list of enterprise applications again, with every page.',
          'every_page',
        ),
        principals.evidence,
      );
    const own = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
    const known = new Set<string>([...CONNECTOR_APPS.map((app) => app.appId), ...(own ? [own] : [])]);
    const found = principals.rows.flatMap((row) => {
      const looks = looksLikeClaude(row.name).is;
      return looks === 'no' || known.has(row.appId.toLowerCase()) ? [] : [{ row, looks }];
    });
    const total = count(principals.rows.length, 'enterprise application');
    if (found.length === 0)
      return because(
        'microsoft.app_presence.no_look_alike',
        `Of ${total} none carries Claude's name apart from those known by their application id.`,
      ).pass(principals.evidence);
    // While the charter does not name the sign-in application, one with the plain name may well be it.
    const strange = found.filter(
      ({ row, looks }) => looks === 'disguised' || (looks === 'named' && (own || row.agent === true)),
    );
    const list = strange.length > 0 ? strange : found;
    const items = list.map(({ row, looks }) =>
      appItem(
        row,
        row.agent === true
          ? `${LOOKS[looks]}; an agent registered in Entra (${row.appId}). Who made it and what it may do is under Agent identities there.`
          : `${LOOKS[looks]} under another application id (${row.appId}); publisher ${row.publisher ?? 'not given'}.`,
        principals,
      ),
    );
    const listed = names(list.map(({ row }) => `${row.name} (${row.appId})`));
    if (strange.length === 0 && list.every(({ looks }) => looks === 'misspelled'))
      return because(
        'microsoft.app_presence.one_letter_off',
        `The name of ${count(list.length, 'application')} is one letter off Claude's: ${listed}. Whether ${verb(list.length, 'it imitates', 'they imitate')} Claude is for a person to say.`,
      ).cannotRead(
        ask(
          'look',
          'applications',
          `Look at ${listed} in Entra, who publishes it and who may use it, and remove what imitates Claude.`,
          list.map(({ row }) => row.appId),
        ),
        principals.evidence,
        items,
      );
    if (strange.length === 0)
      return because(
        'microsoft.app_presence.may_be_sign_in_app',
        `${count(list.length, 'application carries', 'applications carry')} Claude's name: ${listed}. One may be the sign-in application, which the charter does not name.`,
      ).cannotRead(SSO_QUESTION, principals.evidence, items);
    return because(
      'microsoft.app_presence.look_alike',
      `${list.length} of ${total} ${verb(list.length, 'carries', 'carry')} Claude's name under an application id that is not known: ${listed}.`,
    ).fail(
      items.flatMap((item) => item.evidence),
      items,
    );
  },
});
// Guide: G3.2-01 GA-08
