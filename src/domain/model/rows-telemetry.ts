import type { Activity, ActivityEffect, Category, Outcome, Surface } from '../activity/activity.ts';
import type { At, Unknown } from './at.ts';

/** One event or figure of telemetry (OTLP) that a collector wrote down; never what people wrote or Claude answered. */
export interface TelemetryRow extends At {
  /** The same for the same event, however often it was exported. */
  readonly id: string;
  /** RFC 3339 instant in UTC. */
  readonly at: string;
  /** As the sender names it, without its prefix: `tool_result`. */
  readonly type: string;
  readonly category: Category;
  readonly surface: Surface;
  /** Address in lower case, else the id of the account; null: the sender does not tell. */
  readonly person: string | Unknown;
  /** UUID of the Claude organization as the sender gives it. */
  readonly organization: string | Unknown;
  /** Name of the connector as the sender writes it; `unnamed` where it keeps the name to itself. */
  readonly connector: string | Unknown;
  readonly tool: string | Unknown;
  /** What the catalog says that the tool does; the charter may know more. null: nothing is read or written by it. */
  readonly effect: ActivityEffect | Unknown;
  readonly outcome: Outcome | Unknown;
  /** What else the activity log keeps of it; undefined in rows that were read before it kept any. */
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
