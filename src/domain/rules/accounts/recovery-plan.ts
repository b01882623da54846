import { isEmptyReason, mayBeOnePerson } from '../../people/names.ts';

/** Text in place of a plan that says that there is none: "No plan yet", "To be written", "In progress". */
const NO_PLAN =
  /^(?:we |i |it )?(?:do|does)(?: not|n[’']t)(?: yet)? (?:have|exist)\b|^(?:there is |we have )?(?:no|none)(?: (?:recovery|written|formal))*(?:$|[.,;!]| (?:plans?|process|procedure|yet|so far)\b)|\bnot(?: yet)? (?:written|decided|documented|defined|planned|drafted|in place|done|agreed|tested|set up)\b|\bto be (?:written|decided|documented|defined|drafted|determined|agreed|discussed|confirmed)\b|\b(?:is|are|being|still) (?:being )?(?:written|drafted|worked out|discussed|under review|in progress)\b|^(?:in progress|under (?:review|discussion|construction|development)|work in progress|wip|drafts?|drafting|coming soon|soon|later|open|planned|see above)\b\W*$/i;

/** Verbs of arranging a plan, as opposed to those of carrying one out. */
const ARRANGE =
  'ask|talk|speak|check|discuss|decide|agree|raise|bring|propose|present|write|draft|document|define|develop|prepare|create|make|figure|work|set|think|consider|look|determine|clarify|find|finali[sz]e|review|adopt|consult|get';

/** A later occasion without a day of its own: "next month", "at the next board meeting", "after the conference". */
const LATER =
  '(?:next|coming|following|upcoming) (?:week|month|quarter|year|spring|summer|fall|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|board|meeting|session|review)|later|soon|eventually|someday|some ?time|tomorrow|this (?:week|month|quarter|year|spring|summer|fall|winter)|after (?:the )?(?:conference|meeting|board|holidays?|new year|budget|audit)|by (?:the )?(?:end of|q[1-4]|next)|in q[1-4]|once (?:we|the)|when (?:we|there is) (?:have )?time';

/** "Ask the board next month", "Discuss recovery with the MSP at the next meeting". */
const INTENTION = new RegExp(
  `^(?:(?:we|i|it|the \\w+|\\p{L}+)(?: (?:will|shall|should|must|need(?:s)? to|ha(?:ve|s) to|want(?:s)? to|plan(?:s)? to|intend(?:s)? to|hope(?:s)? to|(?:am|is|are) (?:going|planning) to|'ll|would like to)) (?:then )?|to(?:-| )?do:? |plan(?:ning)? to |need(?:s)? to |have to |going to |must |should |will )?(?:${ARRANGE})\\b.*\\b(?:${LATER})\\b`,
  'iu',
);
/** "We need to write a plan", "Develop a recovery procedure". */
const PLAN_TO_MAKE =
  /^(?:(?:we|i|it|\p{L}+) )?(?:(?:will|shall|should|must|need(?:s)? to|ha(?:ve|s) to|want(?:s)? to|plan(?:s)? to|intend(?:s)? to|hope(?:s)? to|(?:am|is|are) (?:going|planning) to|to(?:-| )?do:?) )?(?:write|draft|document|define|develop|prepare|create|make|figure out|work out|decide(?: on)?|agree(?: on)?|come up with|set up|think about)(?: up)? (?:a|an|the|our|this|some) (?:[\p{L}-]+ ){0,3}(?:plan|process|procedure|solution|policy)\b/iu;

/** Nobody can do what the plan is for, or what it needs is lost. Said of a case that may come, it is the plan itself. */
const CANNOT_BE_DONE = new RegExp(
  [
    '(?<!\\p{L})(?:no ?body|no one|none of us) (?:can|could|may|is able|knows|has|holds|remembers)(?!\\p{L})',
    '(?:codes?|keys?|passwords?|phone|token|mailbox|backup) (?:(?:is|are|was|were|has|have|been) )*(?:lost|missing|gone|unknown|not found|nowhere|expired|deleted)(?!\\p{L})',
    "(?:could|can)(?: ?not|n[’']t) (?:be )?(?:found|find|located?|reset|recovered?|accessed|access|opened)(?!\\p{L})",
    'no longer (?:works?|valid|available|accessible|have)(?!\\p{L})',
    'niemand (?:kann|weiß|hat|kennt)|(?:codes?|schlüssel|passwort|passwörter) (?:(?:ist|sind|wurden?) )?(?:verloren|verschwunden|unbekannt|nicht (?:auffindbar|gefunden|mehr))',
    'personne ne (?:peut|sait|a|connaît)|(?:codes?|clés?|mot de passe) (?:(?:est|sont|ont été) )?(?:introuvables?|perdue?s?|inconnue?s?)',
    'nadie (?:puede|sabe|tiene|conoce)|(?:códigos?|claves?|contraseña) (?:(?:está|están|fueron|se han) )?(?:perdid[oa]s?|desconocid[oa]s?)|no (?:se encuentran|aparecen)',
    'niemand (?:kan|weet|heeft|kent)|(?:codes?|sleutels?|wachtwoord) (?:(?:is|zijn) )?(?:kwijt|verloren|onbekend|niet (?:gevonden|te vinden))',
    'ninguém (?:pode|sabe|tem|conhece)|(?:códigos?|chaves?|senha) (?:(?:está|estão|foram) )?(?:perdid[oa]s?|desconhecid[oa]s?|não encontrad[oa]s?)',
  ].join('|'),
  'iu',
);
/** The beginning of a clause about a case that may come, or an exception that makes "no one" someone. */
const IN_CASE =
  /(?<!\p{L})(?:if|when(?:ever)?|should|in case|unless|once|until|except|but|other than|without|besides|wenn|falls|sollte|außer|si|lorsque|quand|sauf|cuando|salvo|als|wanneer|indien|behalve|se|quando|caso|exceto)(?!\p{L})/iu;

/** With more text than this, an intention is only part of it. */
const MAX_INTENTION = 160;

/** Whether the text in place of a recovery plan is empty, says that there is none, or only that one is intended. */
export function saysNoPlan(text: string): boolean {
  const plain = text.trim();
  if (isEmptyReason(plain) || NO_PLAN.test(plain)) return true;
  const sentences = plain.split(/[;!\n]|\.(?=\s|$)/);
  if (sentences.some((one) => CANNOT_BE_DONE.test(one) && !IN_CASE.test(one))) return true;
  return plain.length <= MAX_INTENTION && (INTENTION.test(plain) || PLAN_TO_MAKE.test(plain));
}

/** "Ask Dana", "Call Dana Whitlock": nothing but whom to ask. */
const ONLY_ASK =
  /^(?:(?:please|just|bitte|you) )?(?:ask|call|contact|see|phone|e-?mail|talk to|speak to|speak with|check with|fragen?|anrufen|demander à|contacter|appeler|preguntar a|llamar a|contactar(?: a)?|vraag|bel|perguntar a)\s+([^.,;:!]{2,60})[.!]?$/iu;

/** Whether a plan says only to ask the owner, whose account would be the one that is lost. */
export function asksOnlyOwner(plan: string, owners: readonly string[]): boolean {
  const asked = ONLY_ASK.exec(plan.trim())?.[1];
  return asked !== undefined && owners.some((one) => one !== '' && mayBeOnePerson(asked, one));
}
// Guide: G2.1-01
