import { neutralCell, quotedCell } from '../../text/csv-cell.ts';
import type { Maker, MakerInput } from './maker.ts';

/** Columns that the portal of Defender takes, as it documents them. */
const INDICATOR = [
  'indicatorType',
  'indicatorValue',
  'action',
  'title',
  'description',
  'severity',
  'GenerateAlert',
];

/** Each host with the tool that it is of, once. */
function hostsOf({ forbidden }: MakerInput): ReadonlyMap<string, string> {
  return new Map(forbidden.tools.flatMap(({ title, hosts }) => hosts.map((host) => [host, title] as const)));
}

/** Whoever opens the list in a spreadsheet program calculates nothing that the charter or the catalogue says. */
const cell = (text: string) => quotedCell(neutralCell(text));

/** Block lists of the AI tools that the charter forbids. They hold no line about the file: what imports them knows none. */
export const toolsBlock: Maker = {
  defender: (input) => {
    const about = input.about[0] ?? '';
    const lines = [...hostsOf(input)].map(([host, title]) => [
      'DomainName',
      host,
      'Block',
      `${title}: forbidden by the charter`,
      about,
      'Informational',
      'True',
    ]);
    return `${[INDICATOR, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
  },
  list: (input) => `${[...hostsOf(input).keys()].join('\n')}\n`,
  names: (input) => `${[...hostsOf(input).keys()].flatMap((host) => [host, `*.${host}`]).join('\n')}\n`,
};
// Guide: G4.4-07
