import type { Content } from '../file-kind.ts';
import { words } from '../table/cells.ts';
import { englishHeadings } from '../words/english.ts';

/** A table that an office keeps and that Bylaw keeps elsewhere, with where. */
interface HandKept {
  readonly why: string;
  readonly hint: string;
}

const LISTS: readonly {
  readonly what: string;
  readonly where: string;
  /** Each must match a heading. */
  readonly headings: readonly RegExp[];
  /** A cell must match. */
  readonly cell?: RegExp;
}[] = [
  {
    what: 'statements about controls',
    where:
      'Write them into attestations.yaml (`bylaw init` makes one), or record them under Attestations in the console.',
    cell: /^CLA-[A-Z0-9]+-\d+$/,
    headings: [/^control(?: id)?$/, /^(?:holds|result|passes|met|ok|status|answer)$/],
  },
  {
    what: 'incidents or tickets',
    where:
      'Write those about Claude under “incidents” in the journal, or record them under Incidents in the console.',
    headings: [
      /^(?:incident.*|what happened|issue type|issue key|ticket(?: (?:no|number|id))?)$/,
      /^(?:status|state|closed(?: on)?|resolved(?: on)?|resolution|severity|priority)$/,
    ],
  },
  {
    what: 'reviews',
    where: 'Write them under “reviews” in the journal, or record them under Reviews in the console.',
    headings: [
      /^(?:reviewer|reviewed by|review(?:ed)?(?: (?:date|on))?)$/,
      /^(?:areas?|result|outcome|finding|scope|next(?: review)?)s?$/,
    ],
  },
  {
    what: 'people who attended',
    where:
      'If it was a training, write it under “trainings” in the journal with day, topic and who attended.',
    headings: [/^(?:join time|first join|meeting id|meeting title|attended|attendance)$/],
  },
  {
    what: 'people in a course',
    where: 'Write the training under “trainings” in the journal with day, topic and who completed it.',
    headings: [
      /^(?:course|training|module)(?: (?:name|title))?$/,
      /^(?:learner|trainee|attendee|participant|student|name|email)(?: (?:name|email))?$/,
    ],
  },
  {
    what: 'addresses that a DHCP server gave out',
    where: 'Bring the log of the DNS server or web gateway, which shows the hosts.',
    headings: [/^lease.*$/, /^mac(?: address)?$/],
  },
];

/** What a table that no kind fits is, by its headings; null: not known. */
export function handKept(contents: readonly Content[]): HandKept | null {
  for (const content of contents) {
    if (content.form === 'json') {
      const value = content.value;
      if (typeof value === 'object' && value !== null && 'mcpServers' in value)
        return {
          why: 'This is a list of MCP servers of one computer, from the configuration of Claude Desktop or Claude Code.',
          hint: 'It does not show what the organization has set. Bring the connectors table, and the device policy that allows or forbids local servers.',
        };
      continue;
    }
    if (content.form !== 'table') continue;
    for (const table of content.tables) {
      const headings = englishHeadings(table.columns).headings.map(words);
      const cells = (table.first ?? table.rows).flatMap((row) => row.cells);
      const known = LISTS.find(
        ({ headings: all, cell }) =>
          all.every((one) => headings.some((heading) => one.test(heading))) &&
          (cell === undefined || cells.some((one) => cell.test(String(one ?? '')))),
      );
      if (known !== undefined)
        return {
          why: `This looks like a list of ${known.what}, which is not read from a table.`,
          hint: known.where,
        };
    }
  }
  return null;
}
