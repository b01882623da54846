import type { AiTools } from '../../model/ai-tools.ts';
import type { AcknowledgementRow } from '../../model/kinds.ts';
import { versionKey } from './version-key.ts';

/** What the title of a document says it is: the policy for Claude, or another document. */
export interface Titles {
  /**
   * Whether a row names a document that is not known to be this policy: "Travel policy v3" is version 3 of another one.
   */
  isAnother(row: AcknowledgementRow): boolean;
}

/** The tool, or AI, in any supported language. */
const AI =
  /\b(?:claude|anthropic|ai|a\.i\.|gen ?ai|artificial|intelligen\p{L}*|llms?|chatbots?|ki|künstliche\p{L}*|ia)\b/iu;
/** A policy on how something may be used. */
const ACCEPTABLE = /\b(?:acceptable|aup|nutzungs\p{L}*|uso aceptable)\b/iu;
/** Words in titles that do not describe the document's subject. */
const PLAIN =
  /^(?:v|ver|version|rev|revision|policy|policies|agreement|document|acknowledge?ment|form|staff|employee|the|of|for|and|our|to|on|signed?|signature|copy|final|pdf|docx?|q[1-4]|(?:v|rev)?\d+(?:\.\d+)*|richtlinie|politique|política|politica|de|la|le|el|der|die)$/iu;
/** Words for a text that people agree to. */
const AGREED =
  /polic(?:y|ies)|acceptable|\baup\b|agreement|guideline|standard|\brules?\b|acknowledge?ment|\bterms\b|directive|handbook|code of conduct|richtlinie|leitlinie|weisung|ordnung|vereinbarung|nutzungs|politique|\bcharte\b|r[èe]gle|pol[íi]tica|norma|reglamento|lineamiento|directriz|uso aceptable/iu;
/** Words for training and tests: completing one is not agreeing to anything. */
const LESSON =
  /\b(?:training|course|module|lesson|webinar|workshop|quiz|test|exam|basics|fundamentals|101|schulung|kurs|unterweisung|curso|capacitaci[óo]n|formaci[óo]n|formation)\b/iu;
const SIGNED = /acknowledge?|attest|\bsign|\bagree\b|accept(?!able)|unterschr|firma/iu;
/** Words for use, next to AI. */
const USE =
  /^(?:use|usage|using|uses|tools?|generative|assistants?|responsible|safe|ethical|in|at|with|a)$/iu;
/** Words for general resources of an organization, next to acceptable use. */
const ANYTHING =
  /^(?:use|user|it|information|technology|technologies|systems?|computer|computing|electronic|digital|resources?|company|corporate|tools?|software|data|services?|uso|aceptable)$/iu;

const OTHERS =
  '(?:board|trustees?|volunteers?|vendors?|suppliers?|contractors?|committees?|chapters?|students?|speakers?|authors?)';
/** A policy for people other than staff: "Board AI policy", "AI policy for volunteers". "Board-approved" is none. */
const FOR_OTHERS = new RegExp(
  `\\b${OTHERS}(?:['’]s?)?(?: (?:members?|of directors))?(?:['’]s?)?[ :–-]+(?:(?:gen|generative|acceptable|responsible|claude|ai|use|usage|of|and|&|policy|guidelines?)\\b)|\\bfor (?:our |the |all )?${OTHERS}\\b|\\bfor (?:our |the |all )?members\\b|[–:(-] ?${OTHERS}\\)?$`,
  'i',
);
const FOR_STAFF = /\b(?:staff|employees?|personnel|workforce|everyone|team)\b/i;

/** @param tools AI tools of the catalogue: a policy only about another of them is not the one for Claude */
export function titlesOf(organization: string, { tools }: Pick<AiTools, 'tools'>): Titles {
  const own = new Set(organization.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  const others = tools
    .filter(({ id }) => id !== 'claude')
    .flatMap(({ title, names }) => [title, ...names])
    .filter((name) => name.length >= MIN_NAME)
    .map((name) => ` ${wordsOf(name).join(' ')} `);
  const known = new Map<string, boolean>();
  const isAnother = (document: string): boolean => {
    const words = wordsOf(document);
    const said = words.filter((word) => /\p{L}/u.test(word) && !PLAIN.test(word) && !own.has(word));
    const spaced = ` ${words.join(' ')} `;
    if (!/claude|anthropic/i.test(document) && others.some((name) => spaced.includes(name))) return true;
    if (LESSON.test(document) && !SIGNED.test(document)) return true;
    if (FOR_OTHERS.test(document) && !FOR_STAFF.test(document)) return true;
    if (AI.test(document))
      return !AGREED.test(document) && said.some((word) => !AI.test(word) && !USE.test(word));
    if (ACCEPTABLE.test(document)) return said.some((word) => !ACCEPTABLE.test(word) && !ANYTHING.test(word));
    return said.length > 0;
  };
  return {
    isAnother({ document, version }) {
      if (!document) return false;
      if (!namesThis({ document }) && version !== null && versionKey(document) === versionKey(version))
        return false;
      const found = known.get(document) ?? isAnother(document);
      known.set(document, found);
      return found;
    },
  };
}

/** Shorter names of tools are also ordinary words in titles. */
const MIN_NAME = 4;

/**
 * Whether the document name of a row without a version shows that it is this policy; a date alone may be that of any
 * document.
 */
export const namesThis = ({ document }: Pick<AcknowledgementRow, 'document'>): boolean =>
  !!document && (AI.test(document) || ACCEPTABLE.test(document));

function wordsOf(title: string): readonly string[] {
  return title
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .map((word) => word.replace(/(?<!\.)\.+$/, ''))
    .filter((word) => word !== '');
}
