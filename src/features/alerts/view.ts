import type { z } from 'zod';
import { ALERT_STATES, alertCode, alertLevel } from '#domain/detections/alert-words.ts';
import { type Detection, isCorrelation } from '#domain/detections/sigma.ts';
import { withToolTitles } from '#domain/detections/tool-titles.ts';
import { alertWords } from '#domain/detections/words.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { AlertWithSpan } from '#store/detections/alerts.ts';
import { valuesOf } from '#store/detections/matches.ts';
import type { Tx } from '#store/open.ts';
import type { alertLineSchema } from './contract.ts';

type Line = z.infer<typeof alertLineSchema>;

export function detectionOf(
  catalogue: Pick<Catalogue, 'detections'>,
  detection: string,
): Detection | undefined {
  return catalogue.detections.find(({ bylaw }) => bylaw.id === detection);
}

/** An alert for lists. A detection that was removed from the catalogue is shown by id. */
export async function alertLine(
  tx: Tx,
  catalogue: Pick<Catalogue, 'detections' | 'connectors'>,
  row: AlertWithSpan,
): Promise<Line> {
  const detection = detectionOf(catalogue, row.detection);
  const counts =
    detection !== undefined && isCorrelation(detection) && detection.correlation.type === 'value_count';
  const first = row.first_at.getTime();
  const last = row.last_at.getTime();
  const values = counts ? await valuesOf(tx, row.client_id, row) : null;
  return {
    id: row.id,
    code: alertCode(row.number),
    detection: row.detection,
    title: detection?.title ?? row.detection,
    words:
      detection === undefined
        ? `A detection that is no longer part of Bylaw matched ${row.count} times.`
        : alertWords(detection.bylaw.message, withToolTitles(row.sample, catalogue), {
            count: row.count,
            first,
            last,
            values,
            outlier: row.outlier,
          }),
    level: alertLevel(row.level),
    state: ALERT_STATES.find((one) => one === row.state) ?? 'open',
    first: row.first_at.toISOString(),
    last: row.last_at.toISOString(),
    day: row.outlier?.day ?? null,
    count: row.outlier?.count ?? row.count,
    raised: row.raised_at.toISOString(),
    version: row.version,
  };
}

/** Instructions of a detection for the person who has to act; if it was removed from the catalogue, that fact. */
export function guidanceOf(detection: Detection | undefined) {
  return {
    purpose: detection?.description ?? 'The detection is no longer part of Bylaw.',
    falsePositives: detection?.falsepositives ?? [],
    blind: detection?.bylaw.blind ?? '',
    playbook: (detection?.bylaw.playbook ?? []).map((step) => ({
      do: step.do,
      button: step.button ?? null,
      where: step.where ?? null,
    })),
    guide: detection?.bylaw.guide ?? [],
  };
}
