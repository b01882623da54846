import { saysNotDone } from '../../text/denials.ts';

/**
 * A topic that names Claude or AI, in the languages of the console. The name of another tool alone does not show that
 * Claude was part of it. General security awareness may not include it, so if the topic does not name it, ask.
 */
const ABOUT =
  /claude|anthropic|artificial.intelligence|k[üu]nstliche.{1,3}intelligenz|intelligence.artificielle|inteligencia.artificial|generative (?!design|grammar)|générative|generativ(?!e)|language.model|\b(?:writ(?:e|ing)|good|better|effective|useful) prompts\b|\bprompt(?:ing|[ -](?:engineering|injection|writing|design))|\bl\.?l\.?ms?\b/i;
/** "AI" and its German form, as a word in capitals. */
const SHORT = /(?<!\p{L})(?:gen|Gen)?(?:A\.?I|KI)\b/u;
/** The French and Spanish form next to a word of these languages: alone, "IA" may be Iowa or internal audit. */
const SHORT_FRENCH_SPANISH =
  /(?:\b[ld]['’]|(?<!\p{L})(?:la|une?|de|del|con|en|sobre|sur|avec|et|y|e) )IA(?!\p{L})|(?<!\p{L})IA (?:g[ée]n|et|y|en|au|aux|dans|pour|para|de|del|chez|responsable)/iu;
/** A note at either end that it did not take place. */
const NOT_HELD_WORD =
  '(?:cancell?ed|postponed|rescheduled|not held|did not take place|abgesagt|verschoben|ausgefallen|annulée?|reportée?|cancelad[ao]|aplazad[ao])';
const NOT_HELD = new RegExp(
  `(?<!\\p{L})(?:was|were|is|been|wurde|a été|fue)\\s+${NOT_HELD_WORD}(?!\\p{L})|\\s${NOT_HELD_WORD}[\\s.!)\\]]*$|^[\\s(\\[]*${NOT_HELD_WORD}\\s*[:–—)\\]-]|[:;,–—(\\[-]\\s*${NOT_HELD_WORD}\\s*(?:[)\\].!,;]|$|(?:to|until|due|because|auf|bis|wegen|au|para|hasta|al)(?!\\p{L}))`,
  'iu',
);
/** Claude as someone's first name: after "by" and before a surname, which the names of products are not. */
const FIRST_NAME =
  /(?:(?<!\p{L})(?:by|mit|von|avec|par|con|por)\s+|(?:Jean|Marie|Pierre)[- ])Claude\s+(?!Code|Cowork|Team|Enterprise|Desktop|Pro|Max|Opus|Sonnet|Haiku|AI|KI|IA|API|Projects?|Artifacts?|Skills?|Connectors?)\p{Lu}\p{Ll}+/gu;
/** A text that announces a training or belongs to one, in place of the training itself. */
const ANNOUNCES =
  /^\W*(?:save the date|(?:invit(?:e|ation)s?|reminders?|drafts?|einladung|erinnerung|rappel|invitaci[óo]n|recordatorio)(?:$| (?:to|for|of|zu[rm]?|für|an|pour|à|para|a)(?!\p{L})|\W*[:–—-])|(?:announcement|agenda|registration|proposal|ankündigung|annonce|anuncio)\s*[:–—-])|(?<!\p{L})registration (?:opens|is open|closes|open)(?!\p{L})/iu;
/** A note that no one was there. */
const NOT_ATTENDED =
  /(?<!\p{L})(?:no ?(?:one|body) (?:attended|came|joined|was there|showed)|no attendees|not (?:yet )?(?:watched|viewed|attended|completed|given)|tb[adc])(?!\p{L})/iu;
/** A person called Claude, or other words that the letters AI are explained with. */
const OTHER_MEANING =
  /(?<!\p{L})(?:jean|marie|saint|ste?\.?)[ -]claude(?!\p{L})|(?<!\p{L})claude[ -](?:monet|debussy|shannon|l[ée]vi)(?!\p{L})|(?<!\p{L})AI \(A(?!rtificial)\p{Ll}+ I\p{Ll}+\)|(?<!\p{L})A(?!rtificial)\p{Ll}+ I\p{Ll}+ \(AI\)/giu;
/** A note that Claude or AI was not included. */
const LEFT_OUT =
  /\b(?:not|no|without|except|excluding)\s+(?:about |on |including )?(?:AI|Claude)\b|\b(?:AI|Claude) (?:was |is )?(?:not|excluded|left out)\b/i;

/** Whether a training, by its topic, was about using Claude or AI and took place; false: the topic does not say so. */
export function isAboutClaude({ topic }: { readonly topic: string }): boolean {
  const subject = topic.replace(FIRST_NAME, ' ').replaceAll(OTHER_MEANING, ' ');
  const names = ABOUT.test(subject) || SHORT.test(subject) || SHORT_FRENCH_SPANISH.test(subject);
  const denies = [NOT_HELD, LEFT_OUT, ANNOUNCES, NOT_ATTENDED].some((one) => one.test(topic));
  return names && !denies && !saysNotDone(topic);
}
