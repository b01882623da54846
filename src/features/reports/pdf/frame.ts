import { longDay, zoneWords } from '#domain/text/words.ts';
import { initials } from '../../shared/words.ts';
import type { Report } from '../model.ts';

/** Characters of a name that fit beside the heading in one line of the footer, and in a line of its own. */
const BESIDE_HEADING = 40;
const ALONE = 56;

/** Contents of the header of the first page and of the footer of each page, the same in both documents. */
export function frameOf(report: Report, paper: 'a4' | 'us-letter', heading: string) {
  const { client } = report;
  const letters = [...client.name];
  const day = longDay(report.asOf);
  const short = letters.length > ALONE ? `${letters.slice(0, ALONE - 1).join('')}…` : client.name;
  return {
    paper,
    title: `${client.name} · ${heading} · ${day}`,
    author: report.preparedBy ?? 'Bylaw',
    date: report.asOf.split('-').map(Number),
    foot: (letters.length > BESIDE_HEADING ? [short, day] : [short, heading, day]).join(' · '),
    heading,
    initials: initials(client.name),
    logoAlt: `Logo of ${client.name}`,
    client: client.name,
    preparedBy: report.preparedBy,
    asOf: day,
    zone: zoneWords(client.timezone),
  };
}
