import type { PageOfList } from '#domain/model/reading.ts';
import { doubtIn, withoutMark } from './doubt.ts';

const NUMBER = String.raw`\d(?:[\d.,']| (?=\d))*`;
const RANGE_TO = String.raw`\s*(?:[-–—]|to|through|bis|à|a|al|tot|até)\s*`;
const PART_OF = String.raw`\s*(?:of|out of|von|sur|de|di|van|/)\s*`;
const ENTRIES =
  '(?:rows|lines|results|records|entries|items|members|users|people|employees|connectors|actions|tools|einträgen?|zeilen|mitgliedern?|résultats|lignes|membres|resultados|filas|miembros|linhas|membros|risultati|righe|membri|resultaten|rijen|leden)';
const VERB =
  '(?:showing|displaying|viewing|rows?|results?|records?|entries|zeige|anzeige|einträge|affichage(?: de)?|mostrando|resultados|risultati|weergave(?: van)?)?';

/** Such as "Showing 1-50 of 78", "Einträge 1 bis 50 von 78". */
const RANGE = new RegExp(
  `^${VERB}\\s*(${NUMBER})${RANGE_TO}(${NUMBER})${PART_OF}(${NUMBER})(?:\\s*${ENTRIES})?\\.?$`,
  'iu',
);
/** "Showing 8 of 20": refers to the lines of the list, whatever is counted. */
const SHOWS =
  '(?:(?:currently )?(?:showing|displaying|viewing|listing|shown|displayed|listed)|zeige|angezeigt|anzeige|affichage(?: de)?|mostrando|weergave(?: van)?)';
/** "50 of 78 members", "Records 50 of 78": only things that a list has lines of, so not "3 of 5 seats". */
const SHARE = new RegExp(
  `^(?:${VERB}\\s*(?=.*${ENTRIES}\\.?$)|${ENTRIES}\\s*:?\\s*|${SHOWS}\\s*:?\\s*|(?=.*\\b${SHOWS}\\.?$))(${NUMBER})${PART_OF}(${NUMBER})(?:\\s*${ENTRIES})?(?:\\s*${SHOWS})?\\.?$`,
  'iu',
);
/**
 * Such as "Results limited to 1000 of 1040 rows", "Export truncated at 1,000 rows", "Only the first 1000 records are
 * shown".
 */
const LIMIT = new RegExp(
  `^(?:(?:the )?(?:results?|list|export|report|output|rows?|table) (?:is |was |were |are |has been )?(?:limited|truncated|cut(?: off)?|capped)|(?:limited|truncated|capped)|(?:showing |displaying )?(?:only )?(?:the )?first)\\s+(?:(?:to|at|after)\\s*)?(?:the first )?(${NUMBER})(?:${PART_OF}(${NUMBER}))?(?:\\s*${ENTRIES})?\\b.{0,60}$`,
  'iu',
);
/** Such as "Page 1 of 3", "Seite 1 von 3". */
const PAGE = new RegExp(`^(?:page|seite|página|pagina)\\s*(\\d+)${PART_OF}(\\d+)$`, 'iu');
const FILTER =
  /^(?:applied |active )?(?:filters?|filtres?|filtros?|filtri)(?: applied)?\s*[:=]\s*(.+)$|^(?:filtered|gefiltert|filtré|filtrado|filtrato|gefilterd)\s*(?::|\b(?:by|for|on|to|nach|par|por|per|op)\b\s*:?)\s*(.+)$/iu;
const NO_FILTER =
  /^(?:none|no|no filters?|all|everything|off|n\/a|-+|keine?r?|alle|aucun|tous|toutes?|ningun[oa]|todos|nessuno|tutti|geen|nenhum)\b/iu;
/** A filter by date excludes nobody within those days; the days are read elsewhere. */
const BY_DAYS =
  /\b(?:date|dates|period|range|month|zeitraum|datum|période|fecha|período|periodo|data|days?)\b/iu;

/**
 * "Events department only", "Only the Denver office", "Team: Marketing only": must name a group of people, so not "For
 * internal use only".
 */
const GROUP =
  '(?:departments?|divisions?|teams?|chapters?|branch|region|offices?|campus|locations?|sites?|units?|full[- ]time|part[- ]time|exempt|salaried|hourly|executives?|managers|headquarters|hq)';
const ONLY = new RegExp(
  `^(?:${GROUP}|scope)\\s*:[^.;:]{1,60}\\bonly\\b(?! use)|\\b${GROUP}\\b[^.;:]{0,40}\\bonly\\b(?! use)|\\bonly\\b[^.;:]{0,40}\\b${GROUP}\\b`,
  'iu',
);
const USE = /\b(?:use|view|read|eyes|access|distribution|reference) only\b/i;
/** Such as "Excludes contractors", "Does not include the chapters". */
const LEAVES_OUT =
  /^[\W_]*(?:(?:this|the) )?(?:(?:list|report|export|table|file|roster|sheet)s? )?(?:excludes?|excluding|(?:does|do) not include|not including|omits?|leaves out)\b[\s:]+(.+)$/iu;
/** Groups that a list is not expected to contain, so that it is complete without them. */
const NOT_MEANT =
  /^(?:all |any |the )?(?:terminated|inactive|former|separated|departed|deactivated|suspended|disabled|removed|deleted|retired|past|guests?|external|service|shared|system|test|bots?|pending|duplicates?|blank|salar\w*|compensation|wages?|pay|taxes|overtime|bonus\w*|dependents?|weekends?|holidays?)\b/iu;

/** Such as "Contractors are not included", "Field staff not listed". */
const LEFT_OUT =
  /^(.{3,60}?)\s+(?:(?:is|are|was|were|has been|have been)\s+)?(?:not (?:included|listed|shown|covered|part of (?:this|the) list)|excluded|omitted|left out)\b.{0,40}$/iu;

/** Whether a line next to a table says that a group of people is excluded, or that only one is included. */
function namesGroup(text: string): boolean {
  const without = LEAVES_OUT.exec(text)?.[1] ?? LEFT_OUT.exec(text)?.[1];
  if (without !== undefined) return !NOT_MEANT.test(without);
  return text.length <= MAX_LINE && ONLY.test(text) && !USE.test(text);
}

/** Characters of a line that are compared with the forms of a filter. */
const MAX_FILTER = 300;
/** Maximum length of a line; reports print nothing longer next to a table. */
const MAX_LINE = 160;

/**
 * Whether a line next to a table is about pages, a range of lines, a filter, a single group, a continuation elsewhere,
 * or a list that is not final.
 */
export function speaksOfParts(line: string): boolean {
  const text = withoutMark(line);
  return (
    doubtIn(line) !== null ||
    RANGE.test(text) ||
    SHARE.test(text) ||
    PAGE.test(text) ||
    LIMIT.test(text) ||
    FILTER.test(text.slice(0, MAX_FILTER)) ||
    namesGroup(text)
  );
}

/** A line that says that a table is not the complete list, and which page of it the table is, if the line says so. */
export interface PartOfList {
  readonly line: string;
  readonly page: PageOfList | null;
}

/**
 * What next to a table says that it is not the complete list: one of several pages, fewer lines than exist, filtered,
 * of one group, continued elsewhere, or not final. null: nothing, or the parts add up to the whole.
 */
export function partStated(lines: readonly string[]): PartOfList | null {
  const ranges: Span[] = [];
  const pages: Span[] = [];
  for (const line of lines) {
    const text = withoutMark(line);
    const range = RANGE.exec(text);
    const share = SHARE.exec(text);
    const page = PAGE.exec(text);
    const limit = LIMIT.exec(text);
    const filter = FILTER.exec(text.slice(0, MAX_FILTER));
    const by = filter?.[1] ?? filter?.[2];
    if (range !== null)
      ranges.push({ line, from: number(range[1]), to: number(range[2]), all: number(range[3]) });
    else if (limit !== null) {
      const [, shown, all] = limit;
      if (all === undefined) return { line, page: null };
      ranges.push({ line, from: 1, to: number(shown), all: number(all) });
    } else if (share !== null) ranges.push({ line, from: 1, to: number(share[1]), all: number(share[2]) });
    else if (page !== null)
      pages.push({ line, from: number(page[1]), to: number(page[1]), all: number(page[2]) });
    else if (by !== undefined) {
      if (!NO_FILTER.test(by) && !BY_DAYS.test(by)) return { line, page: null };
    } else if (namesGroup(text) || doubtIn(line) !== null) return { line, page: null };
  }
  return short(ranges, 'rows') ?? short(pages, 'pages');
}

/** “26-58 of 58”, also without the total. */
const IN_NAME = /(?<![\d.])(\d{1,6})[-–—](\d{1,6})(?:[ _-]?(?:of|von|de|sur)[ _-]?(\d{1,6}))?(?![\d.]*\d)/i;

/**
 * The range of lines in a file's name, such as “members 26-58 of 58”, unless it is the whole list. Without a total, two
 * numbers are a range only if the file has as many lines. null: none.
 */
export function rangeInName(
  path: string,
  rows: number,
): { readonly text: string; readonly page: PageOfList | null } | null {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w{1,5}$/, '');
  const [range, from, to, all] = IN_NAME.exec(name) ?? [];
  if (range === undefined) return null;
  const lines = number(to) - number(from) + 1;
  if (all === undefined) return lines === rows && lines > 1 ? { text: range, page: null } : null;
  const page = { unit: 'rows', from: number(from), to: number(to), of: number(all) } as const;
  return lines > 0 && lines < page.of ? { text: range, page } : null;
}

interface Span {
  readonly line: string;
  readonly from: number;
  readonly to: number;
  readonly all: number;
}

/** The first of several lines, and the part that they state, unless together they cover everything from first to last. */
function short(spans: readonly Span[], unit: PageOfList['unit']): PartOfList | null {
  const [first] = spans;
  if (first === undefined) return null;
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  const start = sorted[0]?.from ?? 1;
  const reached = sorted.reduce((to, span) => (span.from <= to + 1 ? Math.max(to, span.to) : to), start - 1);
  const of = Math.max(...spans.map(({ all }) => all));
  if (start <= 1 && reached >= of) return null;
  const oneTotal = spans.every(({ all }) => all === of);
  const last = Math.max(...spans.map(({ to }) => to));
  const isPage = oneTotal && start >= 1 && reached === last && reached >= start && reached <= of;
  return { line: first.line, page: isPage ? { unit, from: start, to: reached, of } : null };
}

function number(text: string | undefined): number {
  return Number((text ?? '').replace(/\D/g, ''));
}
