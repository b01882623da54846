import type { RosterRow } from '#domain/model/kinds.ts';
import { words } from '../table/cells.ts';
import { inEnglish } from '../words/english.ts';

/** Words for the end of employment. Next to words for an absence, a future start or notice, the status is unknown. */
const EMPLOYMENT_ENDED =
  /\b(?:terminated|termination|left|resigned|retired|former|departed|separated|dismissed|deceased|ended|exited|offboarded|no longer|ex employees?|not employed|laid off|redundant|quit)\b/;

/** Leaving without notice takes effect at once: "Resigned without notice", "Quit, no notice". */
const NO_NOTICE = /\b(?:without|with no|no|w o|in lieu of)\b(?: \w+){0,2} notice\b/;
/** A person who resigned, or whose position ends, may be under notice and still here. */
const UNDER_NOTICE = /\b(?:resigned|retired|termination|notice period|serving|working)\b/;

/** In order of precedence: the first match is used. */
const STATUS: readonly (readonly [RegExp, RosterRow['status']])[] = [
  [
    /\b(?:pending|scheduled|planned|upcoming|future) (?:termination|separation|departure|retirement|resignation)\b|\b(?:termination|separation|retirement) (?:pending|scheduled|planned)\b|\bnotice\b|\bleaving soon\b/,
    'active',
  ],
  [
    /\b(on leave|leave of absence|loa|maternity|paternity|parental|medical leave|sabbatical|fmla|furlough\w*|long term (?:sick|disability)|paid leave|unpaid leave|short term (?:sick|disability)|workers comp\w*|(?:sick|family|military|study|bereavement|adoption|caregiver|carers?|disability|personal|administrative|admin|extended|protected|annual|vacation) leave)\b|^leave(?: (?:paid|unpaid|with\b.*|without\b.*))?$|^(?:(?:currently )?(?:on|away on|out on) )?(?:vacation|pto|paid time off|holidays?|jury duty|family leave)$|^(?:out |off )sick$/,
    'on_leave',
  ],
  [
    /\b(not yet started|not started|future|pre ?start|pre ?hire|pre ?boarding|starts|starting|new hire pending|pending start|incoming|upcoming|offer accepted|onboarding)\b/,
    'future',
  ],
  [new RegExp(`${EMPLOYMENT_ENDED.source}|\\b(?:leavers?|retirees?|inactive|not active|alumni)\\b`), 'left'],
  [
    /\b(active|current|currently|employed|in service|working|full time|part time|per diem|prn|present|regular|permanent|probation\w*|contractors?|consultants?|temporary|interns?|employees?)\b|^(a|temp)$/,
    'active',
  ],
];

/**
 * Words that negate the one next to them or put it into the past: "not terminated", "previously employed", "active:
 * no".
 */
const TURNED =
  /\b(?:not|non|never|previously|formerly|prior|past|was|were|until|till|thru|through|ends|ending|expired|expires|lapsed|ceased|cancell?ed|rescinded|withdrawn|revoked|declined|no show)\b|\b(?:no|n|false)$/;
/** Phrases with one of these words whose meaning is known as a whole. */
const TURNED_AND_KNOWN =
  /^(?:not|non) (?:active|employed|currently employed|working)$|\bno longer\b|\bnot yet (?:started|active)\b|^not (?:started|on leave)$|^(?:(?:new |already )?hired?|(?:offer )?(?:accepted|signed)|pending|onboarding|pre ?boarding)(?: but)?(?: has)? not (?:yet )?started(?: yet)?$/;
const ON_A_DAY =
  /\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b|\b\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

/**
 * Parses an employment status; null: something else, a question, or about another time, as in "Resigned (eff.
 * 12/15/2026)". Retired and resigned people have left.
 */
export function statusOf(text: string): RosterRow['status'] {
  const plain = words(inEnglish(text));
  // French lists of acknowledgments use it for a completed task; for employment it means ended.
  if (/^terminee?$/.test(words(text))) return 'left';
  if (/^(t|term|r)$/.test(plain)) return 'left';
  if (/^l$/.test(plain)) return 'on_leave';
  if (/^(?:not|non) (?:active|employed|currently employed|working)$/.test(plain)) return 'left';
  if (text.includes('?')) return null;
  const found = STATUS.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
  if (EMPLOYMENT_ENDED.test(plain)) {
    if (NO_NOTICE.test(plain)) return ON_A_DAY.test(text) ? null : 'left';
    if (found === 'on_leave' || found === 'future') return null;
    if (found === 'active' && /\bnotice\b/.test(plain) && !UNDER_NOTICE.test(plain)) return null;
  }
  if (TURNED.test(plain) && !TURNED_AND_KNOWN.test(plain)) return null;
  // "Active (leaving 10/31)": a status does not show whether that day has passed.
  if (found === 'active' && /\d\/\d/.test(text) && speaksOfLeaving(text)) return null;
  return found !== null && found !== 'future' && ON_A_DAY.test(text) && !/\bsince\b/i.test(text)
    ? null
    : found;
}

/** Words used as soon as an end of employment is announced: "Resigned" with a last day in the future. */
export const isAnnounced = (text: string): boolean =>
  /\b(?:resign\w*|retir\w*|leaving|leaver|departing|notice|pending|scheduled|planned|upcoming|future)\b/.test(
    words(inEnglish(text)),
  );

/** Words in notes for leaving, or for an absence until a day. */
const LEAVING =
  /\b(?:(?:last|final) (?:working |work )?day|left(?! (?:hand|side|message|voicemail|early)\w*)|leav(?:es|ing)|terminat\w*|resign\w*|retir(?:ed|es|ing)|separat(?:ed|ion)|depart(?:s|ed|ing|ure)|quit|laid off|dismissed|fired|deceased|passed away|rip|no longer|moved on|replaced by|let go|job abandonment|exit interview|cobra|(?:final|last) pay ?check|(?:position|role|job) (?:was |has been )?eliminated|(?:accepted|took|found) (?:another|a new) (?:job|position)|(?:accepted|took|found) (?:a )?job (?:at|with|elsewhere)|(?:gave|given) notice|notice given|offboard\w*|(?:contract|employment|position|assignment) (?:ends|ended|expires|expired)|end of (?:contract|employment|assignment)|leave (?:until|till|through|thru|ends))\b/;
/** Same, in the other languages of exports. */
const LEAVING_ELSEWHERE =
  /\b(?:se (?:marcha|va|fue|retira|jubila)|causa baja|dejo la|renunci\w*|dimiti\w*|jubila\w*|ultimo dia|despedid[oa]|ya no trabaja|quitte|quittera|a quitte|depart|demission\w*|licencie\w*|retraite|dernier jour|fin de contrat|est partie?|partie? (?:le|en|au)|ausgeschieden|scheidet|verlasst|kundig\w*|gekundigt|letzter (?:arbeits)?tag|ruhestand|vertragsende|saiu|desligad[oa]|pediu demissao|aposentad[oa]|dimission\w*|dimess[oa]|licenziat[oa]|ultimo giorno|in pensione|ontslag\w*|uit dienst|vertrekt|vertrokken|laatste (?:werk)?dag|met pensioen)\b/;
/** People on this kind of leave come back. */
const LEAVE_OF_STAFF =
  /\b(?:maternity|paternity|parental|family|adoption|medical|sick|fmla|bereavement|sabbatical|military|study)(?: leave)? (?:until|till|through|thru)\b/;
/** About someone else, or about something past: "Replaced Ann, who left", "returned from leave". */
const NOT_OF_THEM =
  /^(?:replac\w+(?! by\b)|backfill\w*|took over|takes over|cover\w*|successor)\b|\b(?:returned|back|came back) from\b/;

/**
 * Whether a note about a person mentions leaving or an absence with an end, so that the status alone is not conclusive.
 */
export function speaksOfLeaving(text: string): boolean {
  const plain = words(inEnglish(text));
  return (
    (LEAVING.test(plain.replace(LEAVE_OF_STAFF, '')) || LEAVING_ELSEWHERE.test(plain)) &&
    !NOT_OF_THEM.test(plain)
  );
}

const THINGS =
  '(?:laptop|computer|equipment|keys?|keycard|badge|fob|phone|ipad|tablet|access card|parking (?:pass|card)|company property|property)';
const BACK = '(?:returned|turned in|handed (?:in|back|over)|collected|recovered|retrieved|wiped|picked up)';
/** What is done around a departure: "Laptop returned", "mail forwarded to Ana", "account closed". */
const HANDED_BACK = new RegExp(
  `\\b${THINGS}\\b(?: (?:and|was|were|has|have|been|is|are|all|\\w+)){0,4} ${BACK}\\b(?! (?:from|after) (?:repair|service|upgrade))|\\b${BACK}(?: (?:and|all|the|his|her|their|company|\\w+)){0,3} ${THINGS}\\b|\\b(?:farewell|going away party|severance|exit (?:meeting|checklist|paperwork))\\b|\\b(?:e ?mail|mailbox|mail|calls)(?: \\w+){0,2} (?:forwarded|forwards|redirected|archived|converted)\\b|\\b(?:account|access|login|mailbox|e ?mail)(?: (?:was|is|has|been|to \\w+))* (?:disabled|deactivated|removed|revoked|closed|deleted|archived|shut off|cut off)\\b`,
);
/** Another kind of work since: "contractor now", "now a volunteer", "converted to 1099". */
const OTHER_WORK = '(?:contractor|consultant|freelancer?|vendor|volunteer|1099|retiree|board member)';
const NOW_OTHER = new RegExp(
  `\\b${OTHER_WORK} (?:now|since|as of|from)\\b|\\b(?:now|became|becomes|becoming|converted to|changed to|moved to|switched to|stays? on as|continues as|back as)(?: an?| the)? (?:\\w+ )?${OTHER_WORK}\\b`,
);

/**
 * Whether a remark shows that someone may have left or works here in another way: it speaks of leaving, of what is done
 * when someone leaves, or of another kind of work since.
 */
export function mayHaveLeft(text: string): boolean {
  const plain = words(inEnglish(text));
  return (
    speaksOfLeaving(text) || ((HANDED_BACK.test(plain) || NOW_OTHER.test(plain)) && !NOT_OF_THEM.test(plain))
  );
}

/** Headings that ask whether the person works here, so that "no" is an answer. */
export const asksWhetherHere = (heading: string): boolean =>
  /^(is |currently |still )?(active|employed|working)( status| flag| employee| worker)?$/.test(
    words(heading),
  );

/** Headings that ask whether the person is gone, so that "no" means that they work here. */
export const asksWhetherGone = (heading: string): boolean =>
  /^(?:is |has )?(?:inactive|terminated|termed|separated|left|gone|departed|resigned|retired|dismissed|deceased|offboarded|leaver|out|ex|off|released|no longer (?:employed|here|with us|active)|former(?: employee| staff)?|ausgeschieden|ausgetreten|inaktiv|parti|inactif|inactivo|baja)(?: employee| flag| indicator| ind| y n| yes no)?$/.test(
    words(heading),
  );

/** Answer below a heading that asks; null: not an answer. */
export function answerOf(text: string): 'yes' | 'no' | null {
  const answer = inEnglish(text);
  if (answer === 'yes' || /^(yes|y|true|1|x)$/i.test(text)) return 'yes';
  return answer === 'no' || /^(no|n|false|0)$/i.test(text) ? 'no' : null;
}

const ENGAGEMENT: readonly (readonly [RegExp, RosterRow['engagement']])[] = [
  [
    /^(shared|room|equipment|functional)$|\b(shared|resource|room|equipment|functional|group) ?(mailbox|account|address|inbox)\b/,
    'shared',
  ],
  [
    /^(service|system|application|robot|bot)$|\b(service|system|application|automation|robot|bot|technical|non ?human|scheduling) ?(account|user|principal|identity|mailbox)\b/,
    'service',
  ],
  [/\b(volunteers?|board|trustees?|committee)\b/, 'volunteer'],
  [
    /\b(contract\w*|consultan\w*|temp|temps|temporary|agency|freelance\w*|vendors?|external|1099|independent|outsourced|contingent|supplier|guests?|seasonal|per diem)\b/,
    'contractor',
  ],
  [
    /\b(employees?|staff|full ?time|part ?time|ft|pt|regular|permanent|salaried|hourly|exempt|non ?exempt|w ?2|interns?|internship|apprentice|trainee|work study|user ?mailbox)\b/,
    'employee',
  ],
];

/** Parses a kind of employment; null: something else. Interns count as employees, board members as volunteers. */
export function engagementOf(text: string): RosterRow['engagement'] {
  const plain = words(inEnglish(text));
  return ENGAGEMENT.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}
