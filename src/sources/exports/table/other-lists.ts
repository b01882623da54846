import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { Table } from '../file-kind.ts';
import { englishHeadings } from '../words/english.ts';
import { words } from './cells.ts';

/** A different kind of list that also has names and addresses. */
export interface OtherList {
  /** Sentence that says what the list is and how that was recognized. */
  readonly why: string;
  readonly kind: Kind;
  /** Its content says that it is of another time, such as a plan, so it is not newer whatever its date. */
  readonly ofAnotherTime?: true;
}

/** Headings of lists of things and of accounts; a single one may occur in any list of people. */
const LISTS: readonly {
  readonly what: string;
  readonly heading: RegExp;
  /** One of the headings must match. */
  readonly only?: RegExp;
  /** One match is enough for a list that looks like users of Entra. */
  readonly alone?: RegExp;
  /** One match is enough for a list that looks like people. */
  readonly enough?: RegExp;
  /** Only this kind can be mistaken for it. */
  readonly insteadOf?: Kind;
  /** Also matches users of Entra, of which it is a part. */
  readonly ofUsers?: true;
  /** Also matches sign-ins of Entra. */
  readonly ofSignIns?: true;
}[] = [
  {
    what: 'a list of devices',
    heading:
      /^(?:(?:device|computer|host|machine|asset) (?:name|id|tag|model)|serial(?: number)?|imei|(?:last )?check in|last checkin|os|os version|operating system|filevault.*|bitlocker.*|encryption status|manufacturer|model|compliance(?: state)?|enrollment date|enrolled|managed by|mac address)$/,
  },
  {
    what: 'a directory of accounts',
    heading:
      /^(?:login|two factor(?: \w+)*|password|password (?:expired|required|status|changed|last changed)|(?:totp|mfa|2fa|2sv)(?: (?:configured|enabled|enrolled|enforced|status|read only))*|org unit path.*|suspended|activated|unix uid|sudo|ldap binding user|recovery (?:email|phone).*|.+ (?:read|upload) only)$/,
    // Accounts to be created; no list of staff or members has this heading.
    enough: /^(?:initial |temporary |temp )?password$/,
  },
  {
    what: 'a log of events',
    heading:
      /^(?:actor(?: (?:e ?mail(?: address)?|name|id|ip|type))?|event(?: (?:type|name|id|time))?|action(?: (?:type|name))?|target(?: (?:e ?mail|name|id|type|user))?|ip(?: address)?|user agent|time ?stamp|occurred at|session id)$/,
    // Times and addresses also occur next to signatures.
    only: /^actor\b/,
  },
  {
    what: 'a list of dues and what is owed',
    heading:
      /^(?:ledger(?: (?:no|number|id))?|(?:member|invoice)(?: (?:no|number|id|date))|(?:amount |dues |balance )?owed|dues(?: paid)?|paid(?: through| date)?|balance(?: due)?|arrears|past due|amount due|due date)$/,
    only: /^(?:(?:amount |dues |balance )?owed|arrears|past due|amount due|balance due)$/,
  },
  {
    what: 'a list of licenses and credentials',
    heading:
      /^(?:licen[cs]e(?: (?:type|class|state|status|expir\w*(?: date)?|issued?(?: date)?|renewal(?: date)?))?|licensure(?: \w+)*|credential(?: (?:type|name|status))?|certificat(?:e|ion)(?: (?:type|name|status|number))?|(?:issue[ds]?|expir(?:ation|y|es)|renewal)(?: (?:date|on))?|issuing (?:authority|body|state)|compliance status)$/,
    only: /^(?:licen[cs]e(?: type)?|licensure(?: \w+)*|credential(?: (?:type|name))?|certification(?: (?:type|name))?)$/,
    // A roster has "Credentials" after a name, and perhaps a license number; one line per credential has it alone.
    enough: /^(?:credential|certification)(?: (?:type|name))?$/,
    insteadOf: 'roster',
  },
  {
    what: 'a report of a learning system',
    heading:
      /^(?:(?:course|module|lesson|curriculum)s?(?: (?:name|title|id|status|assigned|completed|overdue|in progress|enrolled))?|(?:trainings?|assignments?) (?:assigned|completed|overdue|status)|learner(?: (?:name|id|status))?|enrol(?:l?ment|led)(?: (?:date|status|on))?|due date|completion (?:date|status|rate)|compliance(?: (?:rate|percent\w*|status))?|percent complete[d]?|complete[d]? percent\w*)$/,
    only: /^(?:(?:course|module|lesson|curriculum)s?(?: \w+)*|(?:trainings?|assignments?) (?:assigned|completed|overdue)|learner(?: \w+)?)$/,
    insteadOf: 'roster',
  },
  {
    what: 'a list of guests of an event',
    heading:
      /^(?:table(?: (?:no|number))?|guests?(?: name)?|meal(?: choice)?|entree|dietary.*|rsvp|plus one|ticket(?: (?:type|no|number|id|barcode))?|barcode|check(?:ed)? in(?: (?:time|status))?)$/,
    only: /^(?:table(?: (?:no|number))?|meal(?: choice)?|entree|rsvp|plus one|ticket(?: \w+)?)$/,
  },
  {
    // Contacts of Outlook and Google, who need not work here.
    what: 'an address book',
    heading:
      /^(?:e ?mail (?:[23] address|\d (?:label|type|value)|type|display name)|phone \d (?:label|type|value)|home (?:fax|phone 2)|other (?:street|phone|fax|city)|business (?:street|fax|phone 2|city)|company main phone|assistant s phone|car phone|pager|isdn|telex|spouse|web page|group membership|labels|(?:phonetic|file as).*|nickname|name (?:prefix|suffix)|organization (?:name|title|department)|given yomi|surname yomi)$/,
    only: /^(?:e ?mail (?:[23] address|\d (?:label|type|value))|business street|company main phone|group membership)$/,
    insteadOf: 'roster',
  },
  {
    what: 'a list of grants',
    heading:
      /^(?:grants?(?: name)?|grantees?|funders?|amount(?: requested| awarded)?|award(?:ed)?|due(?: date)?|deadline)$/,
    only: /^(?:grants?(?: name)?|grantees?)$/,
  },
  {
    what: 'the members of one Entra group',
    heading: /^(?:object type|is user|is group|is guest)$/,
    // "Object ID, User principal name, Display name, Member type" (Microsoft Learn, bulk download group members, 2026).
    alone: /^member type$/,
    ofUsers: true,
  },
  {
    // From Graph or the portal. It lists some of the accounts, under headings of users.
    what: 'a report on risk or on ways to sign in',
    heading:
      /^(?:risk (?:level|state|detail|event type|last updated(?: date time)?)|is mfa (?:capable|registered)|is sspr (?:capable|enabled|registered)|is passwordless capable|methods registered|(?:multi ?factor authentication|mfa|sspr|passwordless) (?:capable|registered|enabled)|default mfa method)$/,
    ofUsers: true,
  },
  {
    // Date (UTC), Service, Category, Activity, Result, Actor type, Target1 type and so on: the CSV omits what changed.
    what: 'an audit log of Entra as CSV, which leaves out what changed (import the JSON)',
    heading:
      /^(?:actor (?:type|display name|object id|user principal name)|target ?1 (?:type|display name|object id|user principal name))$/,
    ofSignIns: true,
  },
  {
    what: 'the usage or cost of a Claude Console (API) organization',
    heading:
      /^(?:api key(?: (?:id|name|status))?|token type|model version|usage (?:type|date utc)|usage (?:input|output) tokens.*|context window|inference geo)$/,
    only: /^(?:token type|usage (?:input|output) tokens.*)$/,
  },
  {
    what: 'an audit log of Microsoft Purview',
    heading:
      /^(?:record id|creation date|record type|operations?|audit data|associated admin units.*|result (?:index|count))$/,
  },
];

/** Kinds that list people under headings that other lists have, too. */
const OF_PEOPLE: ReadonlySet<Kind> = new Set([
  'roster',
  'members',
  'acknowledgements',
  'domain_memberships',
  'usage',
]);
/** Kinds that other assistants export with the same columns. */
const OF_CLAUDE: ReadonlySet<Kind> = new Set(['members', 'domain_memberships', 'usage']);
const CLAUDE = /\b(?:claude|anthropic)\b/i;
const OTHER_ASSISTANTS =
  /\b(?:chat ?gpt|open ?ai|(?:microsoft |m365 |github )?copilot|gemini|perplexity|le chat|mistral|grok|deepseek|grammarly|jasper|otter(?: ai)?)\b/i;

/** Headings and names of lists of class attendance: signing for attendance is not agreeing to anything. */
const ATTENDED =
  /^(?:attended|attendance|attendees?|asistio|asistencia|presence|a assiste|teilgenommen|anwesend|anwesenheit)$/;
const ATTENDANCE =
  /(?<!\p{L})(?:attendance|attendees|sign ?in sheet|lista de asistencia|asistencia|feuille de présence|anwesenheitsliste|teilnehmerliste)(?!\p{L})/iu;
const AGREES = /\b(?:policy|agree|accept\w*|acknowledg\w*|politica|politique|acepto|accepte|richtlinie)\b/;

/** File names of lists of accounts, in which people who have left may still be active. */
const ACCOUNTS =
  /(?<!\p{L})(?:okta|jump ?cloud|one ?login|google(?: workspace)?|g ?suite|ad|active directory|ldap) (?:active )?(?:users?|accounts?)(?!\p{L})/iu;
/** Headings of the last use of an account, such as in Zoom or Slack. */
const SIGNED_IN = /^last (?:log ?in|sign ?in|log ?on)\b/;
/** Headings that only an employer's list has. */
const OF_EMPLOYMENT =
  /\b(?:hired?|employ(?:ment|ed)|start(?:ed)?|end(?:ed)?|term(?:inat\w+)?|separat\w+|last day|joined|left|leaving)\b/;

/** Names and titles of tables that show a plan, not the current state. */
const PLANNED =
  /(?<!\p{L})(?:proposed|proposals?|planned|wish ?list|(?:target|desired|future) (?:state|settings?|permissions?|configuration)s?|(?:not|to be) (?:yet )?(?:applied|implemented|rolled out|in effect|in force|live)|geplant\w*|vorgeschlagen\w*|sollzustand|propos[ée]e?s?|prévue?s?|propuest[ao]s?|previst[aoie]s?|planificad[ao]s?|propost[aoie]|pianificat[aoie]|planejad[ao]s?|gepland\w*|voorgesteld\w*)(?!\p{L})/iu;

/** Names of sheets that show the state until a day, such as "Before 2026-09-14". */
const PAST =
  /^\s*(?:(?:state|status|stand|settings|permissions|list)\s+)?(?:before|until|till|up to|prior to|vor(?: dem)?|bis(?: zum)?|avant(?: le)?|jusqu[’']au|antes del?|hasta(?: el)?|prima del?|fino al?|antes de|voor|tot)\s+(?:[\p{L}\d.,-]{1,12}\s+){0,4}\S*\d{4}\S*|\((?:before|old|previous|prior)\)|(?<!\p{L})(?:do not use|superseded|outdated|obsolete|no longer (?:valid|in force)|(?:previous|old|former) (?:state|settings|permissions|configuration|list|version))(?!\p{L})/iu;

/**
 * Names of sheets that were replaced by something newer: "Old", "Archived settings", "Connectors - old". For people,
 * such a name may mean those who left.
 */
const REPLACED =
  /^(?:old|archived?|archives|back ?up|previous|prior|former|last (?:year|quarter|month)|alte?r?|archiv|vorher|ancien(?:ne)?s?|antigu[oa]s?|anterior(?:es)?|vecchi[oa])(?: (?:sheets?|tabs?|lists?|versions?|exports?|data|connectors?|permissions?|settings?|liste|lista))?$|\S (?:old|archived?|backup|previous|superseded)$/iu;

/** Words by which a table says that it is a plan. Lines above the table are checked only for lists of settings. */
function planned(table: Table, name: string, kind: Kind): string | null {
  const wording = [name, table.sheet ?? '', ...(kind === 'connectors' ? (table.title ?? []) : [])];
  for (const text of wording) {
    const found = PLANNED.exec(text.replaceAll(/[-_.]+/g, ' '))?.[0];
    if (found !== undefined) return found;
  }
  return null;
}

/** Words in a sheet's name that say that it shows the past; undefined: none. */
function pastName(sheet: string, kind: Kind): string | undefined {
  const plain = sheet.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return PAST.exec(sheet)?.[0] ?? (kind === 'connectors' && REPLACED.test(plain) ? sheet : undefined);
}

/**
 * What a table actually is if its headings fit a kind but it is a plan, of the past, a list of devices, a directory or
 * a list of another assistant. `name` is the file's name. null: no objection to the kind.
 */
export function otherList(table: Table, name: string, kind: Kind): OtherList | null {
  const plan = planned(table, name, kind);
  if (plan !== null)
    return {
      why: `It is called “${plan}”, so it shows what is planned and not what is set, and was not used as the ${KINDS[kind].label}.`,
      kind,
      ofAnotherTime: true,
    };
  const past = KINDS[kind].shape === 'snapshot' ? pastName(table.sheet ?? '', kind) : undefined;
  if (past !== undefined)
    return {
      why: `It is called “${past.trim()}”, so it shows past and not current settings, and was not used as the ${KINDS[kind].label}.`,
      kind,
      ofAnotherTime: true,
    };
  if (!OF_PEOPLE.has(kind) && !['connectors', 'entra_users', 'sign_ins'].includes(kind)) return null;
  const wording = [name.replaceAll(/[-_.]+/g, ' '), table.sheet ?? '', ...(table.title ?? [])].join('\n');
  const assistant =
    OF_CLAUDE.has(kind) && !CLAUDE.test(wording) ? OTHER_ASSISTANTS.exec(wording)?.[0] : undefined;
  if (assistant !== undefined)
    return {
      why: `It names ${assistant} and not Claude, so it was not used as the ${KINDS[kind].label}.`,
      kind,
    };
  const { headings } = englishHeadings(table.columns);
  const plain = headings.map(words);
  const attended = table.columns.find((_, at) => ATTENDED.test(plain[at] ?? ''));
  const called = attended ?? ATTENDANCE.exec(wording)?.[0];
  if (
    called !== undefined &&
    OF_PEOPLE.has(kind) &&
    !table.columns.some((column) => AGREES.test(words(column)))
  )
    return {
      why: `According to ${attended === undefined ? 'its name' : 'its column'} “${called}”, this is a list of who attended, so it was not taken for the ${KINDS[kind].label}.`,
      kind,
    };
  const accounts = kind === 'roster' ? ACCOUNTS.exec(name.replaceAll(/[-_.]+/g, ' '))?.[0] : undefined;
  if (accounts !== undefined && !plain.some((text) => OF_EMPLOYMENT.test(text)))
    return {
      why: `It is called “${accounts}” and does not say who was employed when, so it lists accounts and was not taken for the staff roster.`,
      kind,
    };
  const signedIn =
    kind === 'roster' ? table.columns.find((_, at) => SIGNED_IN.test(plain[at] ?? '')) : undefined;
  if (signedIn !== undefined && !plain.some((text) => OF_EMPLOYMENT.test(text)))
    return {
      why: `It has a column “${signedIn}” and does not say who was employed when, so it lists accounts and was not taken for the staff roster.`,
      kind,
    };
  for (const { what, heading, only, alone, enough, insteadOf, ofUsers, ofSignIns } of LISTS) {
    if (insteadOf !== undefined && kind !== insteadOf) continue;
    if (kind === 'entra_users' && ofUsers !== true) continue;
    if (kind === 'sign_ins' && ofSignIns !== true) continue;
    if (only !== undefined && !plain.some((text) => only.test(text))) continue;
    const isAlone = (text: string) =>
      kind === 'entra_users'
        ? alone?.test(text) === true
        : OF_PEOPLE.has(kind) && enough?.test(text) === true;
    const shown = table.columns.filter((_, at) => heading.test(plain[at] ?? '') || isAlone(plain[at] ?? ''));
    if (shown.length >= 2 || plain.some(isAlone))
      return {
        why: `According to its ${shown.length === 1 ? 'column' : 'columns'} ${shown
          .slice(0, 3)
          .map((column) => `“${column}”`)
          .join(', ')}, this is ${what}, so it was not taken for the ${KINDS[kind].label}.`,
        kind,
      };
  }
  return null;
}
