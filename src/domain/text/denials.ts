import { clausesOf, MAX_LENGTH } from './clauses.ts';

/**
 * What people write in place of an approval, an explanation or a note if there was none: that it was refused, not done
 * or not answered. Only a complete clause counts, so that "Declined-card report" or "Nothing was rejected" says nothing.
 */

const DONE =
  'done|held|made|finished|completed|performed|carried out|conducted|configured|set up|implemented|applied|in place|checked|verified|confirmed|tested|reviewed|watched|attended|sent|started|written|decided|closed|resolved|settled';

/** What an approval, a request or a body is called at the start of a clause. */
const SUBJECT =
  '(?:(?:the|this|that|our|my) )?(?:request|export|application|change|approval|exception|exemption|proposal|motion|vote|use|board|council|committee|counsel|legal|management|leadership|owner|director|president|it|he|she|they|we|i|meeting|review|test|training|session|audit|inventory|list|item|topic|lockdown|announcement|step|work|antrag|vorstand|demande|solicitud|reuni[óo]n|r[ée]union|sitzung|schulung)';
const IS =
  '(?:(?:is|was|were|has|have|had|been|got|gets|being|wurde|ist|a été|est|fue|ha sido)(?: been| being)? )?';
/** What may follow; any other word may be an object, as in "Rejected applications report". */
const AFTER =
  '(?:$| (?:by|on|at|in|because|since|until|till|for|due|as|to|this|that|next|so|again|altogether|yet|von|vom|am|auf|bis|wegen|par|le|jusqu|por|el|hasta|para|door|op|per|da)(?!\\p{L})| \\d)';

const clause = (...words: readonly string[]) =>
  new RegExp(`^(?:${SUBJECT} )?${IS}(?:${words.join('|')})${AFTER}`, 'iu');

const REFUSED = clause(
  'rejected|denied|declined|refused|disapproved|vetoed|withdrawn|revoked|rescinded|overruled|(?:turned|voted) down|unapproved|unauthori[sz]ed',
  '(?:not|never|no longer)(?: yet)? (?:been )?(?:approved|authori[sz]ed|granted|permitted|allowed|ratified|signed(?: off)?|agreed)',
  'failed|(?:approval|authori[sz]ation|vote|motion|signature) (?:failed|denied|refused|rejected|declined|withdrawn|revoked|pending|outstanding|missing)',
  '(?:no|without) (?:approval|authori[sz]ation|permission|sign-?off)(?: (?:was )?(?:given|granted|needed|required|necessary|on file|received|obtained))?',
  'abgelehnt|verweigert|zurückgezogen|widerrufen|nicht (?:genehmigt|freigegeben|bewilligt)|keine genehmigung|ohne genehmigung',
  'refus[ée]e?|rejet[ée]e?|retir[ée]e?|(?:non|pas) (?:approuv|autoris|valid)[ée]e?|sans (?:accord|autorisation)',
  'rechazad[oa]|denegad[oa]|retirad[oa]|no (?:aprobad|autorizad)[oa]|sin (?:aprobaci[óo]n|autorizaci[óo]n)',
  'afgewezen|geweigerd|ingetrokken|niet goedgekeurd|rejeitad[oa]|negad[oa]|não (?:aprovad|autorizad)[oa]|respint[oa]|rifiutat[oa]|non approvat[oa]|却下|否認|不承認',
);

const NOT_DONE = clause(
  `not (?:yet )?(?:been )?(?:${DONE})`,
  "did(?: not|n[’']t) (?:take place|happen|check|look|open|test|finish|complete|verify|go out|send|do|hold)",
  `(?:could|can)(?: ?not|n[’']t) (?:be )?(?:open|check|see|find|verify|confirm|access|reach|test|look|get in|log ?in|sign ?in|finish|complete|${DONE})(?:(?= )[^]*)?`,
  'postponed|rescheduled|cancell?ed|called off|skipped|deferred|on hold|put off|pending|outstanding|incomplete|unfinished|abandoned',
  'to follow|to come|(?:still )?to be \\p{L}+|still (?:open|to do|outstanding|pending|investigating)|planned|scheduled|drafts?(?: only)?|under construction|coming soon',
  'verschoben|abgesagt|ausgefallen|geplant|steht (?:noch )?aus|noch (?:offen|nicht (?:erledigt|erfolgt))|nicht (?:erledigt|durchgeführt|erfolgt|stattgefunden|geprüft|abgeschlossen|eingerichtet|möglich)',
  '(?:pas (?:encore )?|non )(?:faite?|réalisée?|effectuée?|terminée?|vérifiée?)|report[ée]e?|annul[ée]e?|prévue?|à faire|en attente',
  'no (?:realizad|hech|terminad|completad|comprobad)[oa]|pospuest[oa]|aplazad[oa]|cancelad[oa]|pendiente|por hacer|planead[oa]|planificad[oa]|programad[oa]|previst[oa]',
  'niet (?:uitgevoerd|gedaan|afgerond)|uitgesteld|geannuleerd|gepland|não (?:realizad|feit|concluíd)[oa]|adiad[oa]|non (?:fatt|eseguit|completat)[oa]|rinviat[oa]|annullat[oa]|未実施|延期|中止',
);

const LOOKED = 'checked|verified|confirmed|tested|looked(?: at)?|seen|reviewed|opened';
const NOT_SEEN = new RegExp(
  [
    `^(?:${SUBJECT} )?${IS}not (?:yet )?(?:been )?(?:personally |actually )?(?:${LOOKED})${AFTER}`,
    "^(?:(?:i|we) )?(?:could|can)(?: ?not|n[’']t) (?:be )?(?:open|check|see|find|verify|confirm|access|reach|test|look|get in|log ?in|sign ?in|checked|verified|confirmed|tested|seen)(?!\\p{L})",
    "^(?:(?:i|we) )?(?:did(?: not|n[’']t)|haven[’']t|have not) (?:check|look|open|test|verify|see|seen|(?:get|got|come|manage|have|had|find)(?: \\p{L}+){0,2} to)(?:ed)?(?!\\p{L})",
    '^(?:no|without) (?:time|access|chance)(?!\\p{L})|^(?:i|we) (?:forgot|had no)(?!\\p{L})',
    `^(?:still |has )?to be (?:${LOOKED})(?!\\p{L})`,
    '^(?:i |we )?(?:assum(?:e|ed|ing)|guess(?:ed|ing)?|from memory)(?!\\p{L})',
    '^nicht (?:geprüft|getestet|gesehen)|^konnte(?:n)? nicht|^(?:pas|non) (?:vérifiée?|testée?)|^sin (?:comprobar|verificar)|^no (?:comprobad|verificad)[oa]',
  ].join('|'),
  'iu',
);

/** Nothing may follow but "yet" and to whom, since "No answer at first" continues. */
const END =
  '(?: (?:yet|so far|to date|given|received|provided|offered|from \\p{L}+|to (?:my|our|the) \\p{L}+))*$';
const UNEXPLAINED = new RegExp(
  [
    '^\\?',
    `^(?:there (?:is|was) )?(?:no|without(?: an?)?) (?:explanation|reason|answer|reply|response|comment)${END}`,
    `^(?:he |she |they |it |still )?(?:is |was )?(?:unexplained|not explained|unclear)${END}`,
    `^(?:(?:he|she|they|\\p{L}+) )?(?:did|does|has|would|will|could)(?: not|n[’']t) (?:responded|respond|reply|replied|answered|answer|explained|explain|say|know|remember|recall)${END}`,
    '^(?:he |she |they )?refused to (?:say|answer|explain|comment)',
    '^(?:still )?(?:waiting|awaiting)(?!\\p{L})',
    '^(?:still )?(?:being )?(?:investigat(?:ed|ing)|looked into|looking into)(?!\\p{L})|^(?:still )?under (?:investigation|review)$',
    '^(?:to )?ask (?:him|her|them|\\p{L}+)$|^(?:still )?to be \\p{L}+$',
    '^(?:keine? (?:erklärung|antwort|rückmeldung|begründung)|ungeklärt|unklar|wird (?:noch )?(?:geprüft|geklärt))',
    '^(?:pas de réponse|aucune (?:explication|réponse)|inexpliquée?|sans (?:explication|réponse))',
    '^(?:sin (?:explicación|respuesta)|ninguna (?:explicación|respuesta)|inexplicad[oa]|no respond(?:e|ió)|en investigación)',
  ].join('|'),
  'iu',
);

/** Whether a clause says that an approval was refused, is missing or was withdrawn: "Rejected by the board". */
export function saysRefused(text: string): boolean {
  return clausesOf(text).some((one) => REFUSED.test(one));
}

/** Whether a clause says that something was not done, only planned or called off: "Planned for December". */
export function saysNotDone(text: string): boolean {
  return clausesOf(text).some((one) => NOT_DONE.test(one));
}

/** Whether a clause says that what is stated was not looked at: "Could not open the page". */
export function saysNotSeen(text: string): boolean {
  return clausesOf(text).some((one) => NOT_SEEN.test(one));
}

const DISAGREES =
  /(?<!\p{L})(?:(?:do|does|did|will|would|can|could|is|are|was|were)(?: not|n[’']t)|cannot|won[’']t|never) (?:yet |be |been )?(?:permit|allow|agree|consent|support|approve|offer|accept|want|reply|replied|respond|answer|decide|sure)|(?<!\p{L})(?:forbids?|prohibits?|refus(?:es|ed)|declin(?:es|ed)|reject(?:s|ed)|disagre(?:es|ed)|no (?:answer|reply|response|decision|agreement))(?!\p{L})|(?<!\p{L})(?:still|is|are) (?:being )?(?:review|consider|discuss|evaluat|negotiat|decid|wait)(?:ing|ed)(?!\p{L})|(?<!\p{L})(?:pending|waiting for|to be (?:decided|agreed|confirmed))(?!\p{L})|nicht (?:erlaubt|einverstanden|zugestimmt|gestattet)|keine antwort|n[’']autorise pas|pas d[’']accord|pas de réponse|no (?:permite|autoriza|acepta|está de acuerdo)|sin respuesta/iu;

/** Whether someone who was asked did not agree or has not answered: "The vendor does not permit it", "No reply so far". */
export function saysNotAgreed(text: string): boolean {
  return text.length <= MAX_LENGTH && (DISAGREES.test(text) || saysRefused(text) || saysUnexplained(text));
}

/** Whether a clause says that no explanation was given: "Asked, no reply". */
export function saysUnexplained(text: string): boolean {
  return clausesOf(text).some((one) => UNEXPLAINED.test(one));
}
