import type { RawAlert } from '#domain/detections/detect.ts';
import type { Detection } from '#domain/detections/sigma.ts';
import { withToolTitles } from '#domain/detections/tool-titles.ts';
import { alertWords, type Sample, sampleOf } from '#domain/detections/words.ts';
import type { HandlerContext } from '../context.ts';
import { accountsOf } from '../shared/second-person.ts';
import { checkHistory, checkNumber, findDetection } from './change.ts';
import { clientContext, detectionView, statusOf } from './list.ts';
import { replay } from './replay.ts';

/** Days over which a detection is tried. */
const TRY_DAYS = 90;
/** Maximum alerts listed in an answer; `total` counts all. */
const MAX_ALERTS = 200;

/** What a detection would have raised over the last 90 days. Stores nothing. */
export async function tryDetection(
  context: HandlerContext,
  input: {
    readonly detection: string;
    readonly number?: number | undefined;
    readonly history?: number | undefined;
  },
) {
  const { client, services } = context;
  const detection = findDetection(context, input.detection);
  if (input.number !== undefined) checkNumber(detection, input.number);
  if (input.history !== undefined) checkHistory(detection, input.history);
  const facts = await clientContext(context);
  const accounts = await accountsOf(services);
  const { works } = await context.read(async (tx) =>
    detectionView(detection, await statusOf(context, tx, facts, accounts)),
  );
  const found = await replay(services, client.id, {
    days: TRY_DAYS,
    only: input.detection,
    ...(input.number === undefined ? {} : { number: input.number }),
    ...(input.history === undefined ? {} : { history: input.history }),
  });
  const latest = found.alerts.toSorted((a, b) => b.last - a.last);
  return {
    detection: input.detection,
    since: found.since,
    looked: found.looked,
    cut: found.cut,
    works,
    total: latest.length,
    items: latest.slice(0, MAX_ALERTS).map((alert) => {
      const event = found.events.get(alert.activities[0] ?? '');
      const sample = event === undefined ? sampleOfGroup(detection, alert) : sampleOf(detection, event);
      const { count, first, last, outlier, values } = alert;
      return {
        words: alertWords(detection.bylaw.message, withToolTitles(sample, services.catalogue), {
          count,
          first,
          last,
          values,
          outlier,
        }),
        first: new Date(first).toISOString(),
        last: new Date(last).toISOString(),
        count,
      };
    }),
  };
}

/** Values for the sentence of an alert that no single event made: those of its group. */
function sampleOfGroup({ bylaw }: Detection, { group, outlier }: RawAlert): Sample {
  if (outlier !== null) return { person: outlier.person };
  const values = JSON.parse(group) as readonly string[];
  return Object.fromEntries(bylaw.group.map((name, index) => [name, values[index] ?? null]));
}
// Guide: G7.1-05
