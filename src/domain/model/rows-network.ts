import type { At, Unknown } from './at.ts';

/**
 * What one person or device did with one AI tool on one day, added up from the lines of a network log. Addresses of pages
 * and what was asked are not in it.
 */
export interface AiTrafficRow extends At {
  /** Day in the client's time zone; null: the source gives a period only. */
  readonly on: string | Unknown;
  /** Id of the catalogue; null: the gateway calls it an AI tool, and the catalogue does not know it. */
  readonly tool: string | Unknown;
  /** The catalogue's host that was met, or the tool's name as the source gives it. */
  readonly host: string;
  /** As the source names the person, in lower case. */
  readonly person: string | Unknown;
  /** Address or name of the device. */
  readonly device: string | Unknown;
  /** The firewall, site or network that wrote it, as far as it names itself. */
  readonly place: string | Unknown;
  /** ID of the Claude organization in the address of a request, where the log shows addresses; tells sessions apart. */
  readonly organization: string | Unknown;
  /** Lines, requests or transactions. */
  readonly times: number | Unknown;
  /** How many of them were refused; null: the source does not tell. */
  readonly refused: number | Unknown;
  /** Bytes from the device to the tool. */
  readonly sent: number | Unknown;
  readonly received: number | Unknown;
  /** First and last time of that day as HH:MM, by which parts of a day are told from copies. */
  readonly first: string | Unknown;
  readonly last: string | Unknown;
  /** Different people, where the source counts them and names none. */
  readonly people: number | Unknown;
}
