import type { Activity, ActivityEffect, Category, Outcome, Surface } from '../activity/activity.ts';
import type { At, Unknown } from './at.ts';

/** A telemetry event or figure (OTLP) recorded by a collector; never what people wrote or Claude answered. */
export interface TelemetryRow extends At {
  /** Identical for the same event, however often it was exported. */
  readonly id: string;
  /** RFC 3339 instant in UTC. */
  readonly at: string;
  /** The sender's name without its prefix: `tool_result`. */
  readonly type: string;
  readonly category: Category;
  readonly surface: Surface;
  /** Address in lower case, otherwise the account's id; null: not reported. */
  readonly person: string | Unknown;
  /** UUID of the Claude organization according to the sender. */
  readonly organization: string | Unknown;
  /** Connector name according to the sender; `unnamed` if it withholds the name. */
  readonly connector: string | Unknown;
  readonly tool: string | Unknown;
  /** Effect of the tool according to the catalogue; the charter may know more. null: it neither reads nor writes. */
  readonly effect: ActivityEffect | Unknown;
  readonly outcome: Outcome | Unknown;
  /** Further fields that the activity log keeps; undefined in rows read before it did. */
  readonly event?: Pick<
    Activity,
    | 'source'
    | 'actor'
    | 'session'
    | 'prompt'
    | 'ip'
    | 'userAgent'
    | 'connectorName'
    | 'model'
    | 'amounts'
    | 'detail'
  >;
}
