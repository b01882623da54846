import { saysNotInForce } from '#domain/policy/draft.ts';
import type { TableRow } from '../file-kind.ts';
import { words } from '../table/cells.ts';
import type { Notes } from '../table/notes.ts';
import type { View } from '../table/view.ts';
import { isBareVersion, POLICY, versionIn } from './acknowledgement-words.ts';

/** The policy that a list without a column of documents names in its heading, title, sheet or file name. */
export interface Titled {
  readonly document: string;
  /** Version in a line above the table or in a sheet name; none from a file name, which anybody may have chosen. */
  readonly version: string | null;
}

/** Names of policies in titles, with the words before and the subject after. */
const DOCUMENT =
  /((?:[\p{L}\p{N}&'’/]+ ){0,6})([\p{L}]*(?:polic(?:y|ies)|acceptable use|\baup|agreement|handbook|code of conduct|richtlinie|leitlinie|handbuch|politique|charte|r[èe]glement|pol[íi]tica|reglamento|regolamento|beleid|richtlijn))(?!\p{L})((?: (?:on|for|about|regarding|zu|zur|zum|für|sur|sobre|over|de|des|du|di) [^,;:(–—]{2,60})?)/iu;
/** Characters of a title that are read. */
const MAX_TITLE = 300;
const SUBJECT =
  /(?<!\p{L})(?:claude|anthropic|ai|gen ?ai|artificial|acceptable|aup|ki|ia|llms?|chatbots?|nutzungs\p{L}*)(?!\p{L})/iu;
/** Words in titles that do not distinguish policies. */
const ANY =
  /^(?:polic(?:y|ies)|agreement|richtlinie|leitlinie|politique|pol[íi]tica|staff|team|employees?|member|user|company|corporate|annual|yearly|signed|all|new|current|updated|our|the|a|of|for|and|to|on|list|report|status|signatures?|acknowledge?ments?|sign|off|hr|(?:v|rev)?\d+(?:\.\d+)*|der|die|das|de|la|le|les|el|los)$/iu;

/** Words that lead to a policy's name in a sentence. */
const LEADING =
  /^.*(?<!\p{L})(?:the|our|this|to|of|with|follow|read|agree|accept|understand|understood|acknowledged?|signed|die|der|den|diese|la|el|le|les|las|al|il|lo|de|het) /iu;

/** The policy that the whole list is about; null: a column or heading names it, or nothing does. */
export function titledPolicy(view: View, file: string, notes: Notes): Titled | null {
  if (view.has('document') || namesDocuments(view)) return null;
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.[a-z]{2,5}$/i, '');
  const places = [
    { text: view.has('acknowledged') ? view.plainHeading('acknowledged') : '', of: 'the heading' },
    ...(view.table.title ?? []).map((text) => ({ text, of: 'the line above the table' })),
    { text: view.table.sheet ?? '', of: 'the name of the sheet' },
    { text: name, of: 'the name of the file' },
  ];
  for (const { text, of } of places) {
    const document = documentIn(text.replaceAll(/[_-]+/g, ' ').replaceAll(/\s+/g, ' ').slice(0, MAX_TITLE));
    if (document === null) continue;
    notes.add({ says: `The policy, “${document.slice(0, 80)}”, was derived from ${of}.` });
    return { document, version: of === 'the name of the file' ? null : versionIn(text.trim()) };
  }
  return null;
}

/**
 * Words that call the list's policy a draft: in the heading of the answer, a line above the table, a sheet or the file
 * name.
 */
export function draftNamed(view: View, file: string, notes: Notes): string | null {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.[a-z]{2,5}$/i, '');
  const found = [
    ...['acknowledged', 'version', 'document'].map((field) =>
      view.has(field) ? view.plainHeading(field) : '',
    ),
    ...(view.table.title ?? []),
    view.table.sheet ?? '',
    name,
  ].find(callsPolicyDraft);
  if (found === undefined) return null;
  notes.add({
    says: `“${found.slice(0, 80)}” calls the policy a draft or the like, so whether the policy in force was acknowledged is not known.`,
  });
  return found.slice(0, 160);
}

/**
 * Names of lists of acknowledgments: "Policy acknowledgments for board review" is a list for the board, not a draft.
 */
const LIST =
  /acknowledge?ments?|signatures?|(?<!un)signed|sign-?offs?|reports?|lists?|status|tracker|responses?|results?/iu;
const NAMES_POLICY = /polic|richtlinie|leitlinie|politique|charte|pol[íi]tica|\baup\b|agreement|\bv\.? ?\d/iu;

function callsPolicyDraft(text: string): boolean {
  return text
    .replaceAll('_', ' ')
    .split(LIST)
    .some((part) => NAMES_POLICY.test(part) && saysNotInForce(part));
}

/** Headings of the answer that are about a course. */
const COURSE = /\b(?:course|enrol?lment|training|module|lesson|learning)\b/;

/** Whether the list is about an unnamed course: completing some course is not agreeing to a policy. */
export function isOfSomeCourse(view: View, titled: Titled | null, notes: Notes): boolean {
  const named = titled !== null || view.has('document') || view.has('version');
  if (named || !COURSE.test(words(view.englishHeading('acknowledged')))) return false;
  notes.add({
    column: view.heading('acknowledged'),
    says: 'The list does not say of which course or document this is, so no row counts as an acknowledgment. Add a column with its title.',
  });
  return true;
}

/** Whether the version column also names the document: "Claude policy v2", not only "2". */
function namesDocuments(view: View): boolean {
  return view.table.rows.some((row) => {
    const stated = view.text(row, 'version');
    return stated !== null && !isBareVersion(stated);
  });
}

function documentIn(text: string): string | null {
  const found = DOCUMENT.exec(text);
  if (found === null) return null;
  if (SUBJECT.test(text)) return text.trim().slice(0, 160);
  const [, before = '', word = '', on = ''] = found;
  // "I have read and agree to the Travel and Expense Policy" is about travel and expenses.
  const called = `${before.replace(LEADING, '')}${word}${on}`.trim();
  return called.split(/[\s/]+/).every((one) => ANY.test(one)) ? null : called;
}

/**
 * Document and version that a row was signed for. A version column may also name the document, and a document column
 * its version. With both, the former gives the version, and either may give the document.
 */
export function documentAndVersion(
  view: View,
  row: TableRow,
): { readonly document: string | null; readonly version: string | null } {
  const stated = view.text(row, 'version');
  const cell = view.text(row, 'document');
  // "Title" is often the person's job title.
  const isJob =
    stated !== null && words(view.englishHeading('document')) === 'title' && !POLICY.test(words(cell ?? ''));
  const document = isJob ? null : cell;
  const of = stated ?? document;
  return {
    document:
      document === null || stated === null || isBareVersion(stated)
        ? (document ?? stated)
        : `${document}, ${stated}`,
    version: of === null ? null : (versionIn(of) ?? of),
  };
}
