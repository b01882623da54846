import type { At, Unknown } from './at.ts';

/**
 * What one person or device did with one AI tool on one day, summed over the lines of a network log. Contains no URLs
 * and no content.
 */
export interface AiTrafficRow extends At {
  /** Day in the client's time zone; null: the source has only a period. */
  readonly on: string | Unknown;
  /** Id in the catalogue; null: an AI tool by the gateway's own classification, unknown to the catalogue. */
  readonly tool: string | Unknown;
  /** The catalogue's host that matched, or the tool's name in the source. */
  readonly host: string;
  /** The person's name in the source, in lower case. */
  readonly person: string | Unknown;
  /** Address or name of the device. */
  readonly device: string | Unknown;
  /** The firewall, site or network that wrote the log, if it names itself. */
  readonly place: string | Unknown;
  /** ID of the Claude organization in a request's URL, if the log has URLs; distinguishes sessions. */
  readonly organization: string | Unknown;
  /** Number of lines, requests or transactions. */
  readonly times: number | Unknown;
  /** How many were blocked; null: not reported. */
  readonly refused: number | Unknown;
  /** Bytes sent from the device to the tool. */
  readonly sent: number | Unknown;
  readonly received: number | Unknown;
  /** First and last time of the day as HH:MM, to distinguish parts of a day from duplicates. */
  readonly first: string | Unknown;
  readonly last: string | Unknown;
  /** Number of people, if the source counts them without names. */
  readonly people: number | Unknown;
}
