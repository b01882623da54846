import { neutralCell, quotedCell } from '../../text/csv-cell.ts';
import type { Maker, MakerInput } from './maker.ts';

/** Columns for importing indicators in the Defender portal, as documented. */
const INDICATOR = [
  'indicatorType',
  'indicatorValue',
  'action',
  'title',
  'description',
  'severity',
  'GenerateAlert',
];

/** Each host once, with its tool. */
function hostsOf({ forbidden }: MakerInput): ReadonlyMap<string, string> {
  return new Map(forbidden.tools.flatMap(({ title, hosts }) => hosts.map((host) => [host, title] as const)));
}

/** Neutralizes formulas, in case the list is opened in a spreadsheet program. */
const cell = (text: string) => quotedCell(neutralCell(text));

/**
 * Block lists of the AI tools that the charter forbids. They contain no comment lines, because the importing systems do
 * not support them.
 */
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
