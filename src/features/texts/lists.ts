import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { addDays } from '#domain/model/day.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { type Line, open, type TextFacts } from '#domain/policy/texts.ts';
import { matchConnector } from '#domain/rules/connectors/match.ts';
import { NOTICE_SOURCES } from '#domain/rules/policy/notice-covers.ts';
import { count, dayWords, longDay } from '#domain/text/words.ts';
import { cellWords, type Known, said, words } from './known.ts';

/**
 * The lists in the texts. None is ever empty: what is not known is stated, so that an incomplete list does not look
 * complete.
 */
export function listsFrom(known: Known): TextFacts['lists'] {
  return {
    sources_read: sourcesRead(known),
    sources_not_read: sourcesNotRead(known),
    content_kept: contentKept(known),
    content_access: contentAccess(known),
    approved_uses: policySection(known, 'approved'),
    forbidden: policySection(known, 'prohibited'),
    member_systems: memberSystems(known),
    vendors: vendors(known),
    risks: risks(known),
    measures_that_hold: measures(known, true),
    measures_that_do_not: measures(known, false),
  };
}

function sourcesRead({ people, catalogue }: Known): readonly Line[] {
  return people.collected.length === 0
    ? [[open('What is read about staff: no source about staff was read here in the last year')]]
    : people.collected.map((id) => [said(catalogue.policyTemplate.collected[id] ?? id)]);
}

function sourcesNotRead({ people, catalogue }: Known): readonly Line[] {
  const rest = NOTICE_SOURCES.filter(({ id }) => !people.collected.includes(id));
  return rest.length === 0
    ? [[said('Every source that Bylaw knows was read in the last year.')]]
    : rest.map(({ id, words: plain }) => [said(catalogue.policyTemplate.collected[id] ?? plain)]);
}

function contentKept({ charter, today }: Known): readonly Line[] {
  if (charter === null) return [[open('Whether the text of chats is kept: no charter is in force')]];
  const rule = charter.contentKept;
  if (rule === undefined || addDays(rule.until, rule.days) < today)
    return [[said('Our charter does not allow the text of chats to be kept outside Claude.')]];
  return [
    [
      words('Our charter allows text written in Claude to be kept outside Claude for this purpose: '),
      said(rule.purpose),
      words(`. Each text is removed after ${count(rule.days, 'day')}. Text from after `),
      said(longDay(rule.until)),
      words(' is not kept.'),
    ],
  ];
}

/** Follows the vendor's statement, not the guide's. */
function contentAccess({ catalogue, plan }: Known): readonly Line[] {
  const vendor = catalogue.capabilities.find(({ id }) => id === 'claude.content_access')?.vendor;
  const cell = cellWords(vendor?.cells[plan]);
  if (vendor === undefined || cell === null)
    return [[open(`Whether we can reach chats with ${CLAUDE_PLAN_WORDS[plan]}`)]];
  return [
    [
      words(`Whether chats in our accounts can be reached with ${CLAUDE_PLAN_WORDS[plan]}: `),
      said(cell),
      words(`. This is what Anthropic documented as of ${longDay(vendor.asOf)}.`),
    ],
  ];
}

function policySection({ policy }: Known, id: string): readonly Line[] {
  if (policy === null) return [[open(`What the policy says here: no version is in force`)]];
  const items = policy.content.sections.find((section) => section.id === id)?.items ?? [];
  return items.length === 0
    ? [[open('What the policy says here: the version in force has no such section')]]
    : items.map(({ text }) => [said(text)]);
}

function memberSystems({ charter, catalogue }: Known): readonly Line[] {
  if (charter?.connectors === undefined)
    return [[open('Systems with member data: the charter names no connectors')]];
  const lines = charter.connectors.flatMap(({ name, holdsMemberData }): Line[] => {
    const { entries } = matchConnector(name, catalogue);
    const holds =
      holdsMemberData ?? (entries.length === 0 ? null : entries.some((one) => one.holdsMemberData));
    if (holds === false) return [];
    return [
      holds === null
        ? [said(name), words(': '), open(`Whether ${name} holds member data`)]
        : [said(name), words(' holds member data and is approved for Claude by our charter.')],
    ];
  });
  return lines.length === 0
    ? [[said('Our charter approves no connector to a system that is known to hold member data.')]]
    : lines;
}

function vendors({ charter }: Known): readonly Line[] {
  if (charter?.connectors === undefined)
    return [[open('Connected systems and their agreements: the charter names no connectors')]];
  if (charter.connectors.length === 0) return [[said('Our charter approves no connector.')]];
  return charter.connectors.map(({ name }) => [
    said(name),
    words('. Agreement: '),
    open(`${name}: agreement with the vendor, with its date`),
    words('. It covers access by an AI service on our behalf: '),
    open(`${name}: yes or no, with the clause`),
    words('. Subprocessors, breach and deletion: '),
    open(`${name}: what the agreement says`),
    words('.'),
  ]);
}

const HIDDEN = 'your role cannot see controls';
const UNDECIDED = 'controls have not been evaluated yet';

function risks({ risks }: Known): readonly Line[] {
  if (typeof risks === 'string') return [[open(`Risks: ${risks === 'hidden' ? HIDDEN : UNDECIDED}`)]];
  return risks.map(({ title, story, statusName, words: why, residual }) => [
    words(`${title}. `),
    words(`${story} `),
    said(`${statusName}: ${why}`),
    words(' What remains even when every measure is in place: '),
    words(residual),
  ]);
}

/**
 * Controls against any risk, without duplicates, that are met (`hold`) or not. Those that do not apply to the client
 * are in neither list.
 */
function measures({ risks }: Known, hold: boolean): readonly Line[] {
  if (typeof risks === 'string') return [[open(`Measures: ${risks === 'hidden' ? HIDDEN : UNDECIDED}`)]];
  const controls = new Map(
    risks.flatMap(({ scopes }) =>
      scopes.flatMap((scope) => scope.controls.map((one) => [one.control, one] as const)),
    ),
  );
  const lines = [...controls.values()]
    .filter(({ state }) => (hold ? state === 'pass' : state !== 'pass' && state !== 'not_applicable'))
    .map(
      ({ short, title, state, reason, observedOn }): Line => [
        words(`${short} ${title}. `),
        ...(hold ? [] : [said(`${STATE_WORDS[state]}. `)]),
        said(reason),
        ...(observedOn === null ? [] : [words(` Read ${dayWords(observedOn)}.`)]),
      ],
    );
  if (lines.length > 0) return lines;
  return [[said(hold ? 'No measure passes with evidence today.' : 'Every measure that applies passes.')]];
}
// Guide: G8-13 G8-14 G4.1-01
