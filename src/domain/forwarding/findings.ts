import { count } from '../text/words.ts';

/** A problem with a sink that someone has to fix. */
export interface SinkFinding {
  /** The same as long as it is the same problem with the same sink. */
  readonly key: string;
  readonly title: string;
  /** What is wrong and what to do. */
  readonly says: string;
}

/** The state of a sink from which problems are determined. */
export interface SinkTrouble {
  readonly id: string;
  readonly name: string;
  readonly paused: boolean;
  /** As stored: working, retrying or stopped. */
  readonly state: string;
  /** Message of the last failure; null: none. */
  readonly failed: string | null;
  /** Since when the oldest pending event could have been sent; null: none is pending. */
  readonly waitsSince: Date | null;
  /** Number of failed deliveries that someone has to handle. */
  readonly failedDeliveries: number;
}

/** Events that wait longer than this need a person, whatever the reason. Milliseconds. */
export const MAX_BACKLOG_AGE_MS = 60 * 60_000;

const MEANWHILE = 'Meanwhile events wait in Bylaw’s log; anything retention removes there is no longer sent.';

/**
 * Problems with a sink that someone has to fix. Apart from the number of failed deliveries, the sentences contain no
 * changing numbers or times, so that they stay the same as long as nothing else happens.
 */
export function sinkFindings(
  { id, name, paused, state, failed, waitsSince, failedDeliveries }: SinkTrouble,
  now: Date,
): readonly SinkFinding[] {
  const found: SinkFinding[] = [];
  const late = waitsSince !== null && now.getTime() - waitsSince.getTime() > MAX_BACKLOG_AGE_MS;
  if (!paused && state === 'stopped')
    found.push({
      key: `stopped:${id}`,
      title: `Get the sink “${name}” to accept events again`,
      says: `${failed ?? 'It accepts nothing until someone acts.'} ${MEANWHILE}`,
    });
  else if (!paused && late)
    found.push({
      key: `late:${id}`,
      title: `The sink “${name}” is more than an hour behind`,
      says:
        state === 'retrying'
          ? `${failed ?? 'The last try failed.'} Bylaw tries again automatically; check the other side. ${MEANWHILE}`
          : `It takes events more slowly than they come. Give it fewer categories, or let the other side take more. ${MEANWHILE}`,
    });
  if (failedDeliveries > 0)
    found.push({
      key: `refused:${id}`,
      title: `Decide what to do with what the sink “${name}” refused`,
      says: `${count(failedDeliveries, 'failed delivery is', 'failed deliveries are')} waiting under Connections > Failed deliveries. Correct the events or the other side and send them again, or discard them with a reason.`,
    });
  return found;
}
