import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { comparisonOf, missingRecords } from '#domain/detections/absence.ts';
import { outliers } from '#domain/detections/baseline.ts';
import { History } from '#domain/detections/detect.ts';
import {
  categoriesOf,
  EXAMPLE_DAY,
  exampleDays,
  exampleEvents,
  exampleHours,
} from '#domain/detections/examples.ts';
import { DetectionPack, lintDetections } from '#domain/detections/pack.ts';
import { isCorrelation } from '#domain/detections/sigma.ts';
import { alertWords, sampleOf } from '#domain/detections/words.ts';
import { CATALOGUE_FOLDER, loadCatalogue } from './load.ts';
import { sharedCatalogue } from './testing/shared.ts';

/** All shipped detections, with their own examples. */

const catalogue = sharedCatalogue();
const { detections } = catalogue;
const categoryOf = categoriesOf(catalogue);
const correlation = detections.find(({ bylaw }) => bylaw.id === 'CLA-DET-45');
const CALENDAR = {
  normalHours: { start: '08:00', end: '18:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const },
  holidays: [],
};

it('has no fault that the files show', () => {
  const said: string[] = [];
  lintDetections(detections, (id, says) => said.push(`${id}: ${says}`));
  expect(said).toEqual([]);
});

it('is not loaded where a correlation names another one, and says what to name', () => {
  const folder = mkdtempSync(join(inject('scratch'), 'catalogue-'));
  cpSync(CATALOGUE_FOLDER, folder, { recursive: true });
  const file = join(folder, 'detections', 'CLA-DET-03.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/rules: \[\S+\]/, `rules: [${correlation?.id}]`));
  expect(() => loadCatalogue(folder)).toThrow(
    /detections\/CLA-DET-03\.yaml: .* is a correlation itself \(CLA-DET-45\).*: name the rules/,
  );
});

describe.each(detections.map((one) => [one.bylaw.id, one] as const))('%s', (id, detection) => {
  const { bylaw } = detection;
  // A rule that only feeds others is tested as if it were independent.
  const alone = bylaw.alerts ? detections : [{ ...detection, bylaw: { ...bylaw, alerts: true } }];

  it.each(bylaw.examples.map((one) => [one.title, one] as const))('%s', (_title, example) => {
    if (bylaw.baseline !== undefined) {
      const days = exampleDays(example, bylaw.baseline.measure === 'hours');
      const judged = [{ person: 'person0@example.org', day: EXAMPLE_DAY }];
      expect(outliers(bylaw.baseline, days, judged, () => CALENDAR)).toHaveLength(example.fires ? 1 : 0);
      return;
    }
    if (bylaw.absence !== undefined && !isCorrelation(detection)) {
      const found = missingRecords(
        comparisonOf(detection, bylaw.absence),
        exampleHours(exampleEvents(detection, example, categoryOf)),
        () => true,
        new Set(['microsoft365_sharepoint']),
      );
      expect(found).toHaveLength(example.fires ? 1 : 0);
      return;
    }
    const history = new History(new DetectionPack(alone, (one) => one === id));
    for (const event of exampleEvents(detection, example, categoryOf)) history.add(event);
    const alerts = history.alerts();
    const says = `catalogue/detections/${id}.yaml: the example “${example.title}” ${example.fires ? 'does not fire' : 'fires'}`;
    expect(
      alerts.map(({ detection }) => detection),
      says,
    ).toEqual(example.fires ? [id] : []);
  });

  it('has examples on either side of what it asks', () => {
    const of = new Set(bylaw.examples.map((one) => one.of));
    const threshold = isCorrelation(detection) && detection.correlation.condition !== undefined;
    expect([...of]).toEqual(
      expect.arrayContaining(threshold ? ['below', 'at', 'above'] : ['positive', 'negative']),
    );
  });

  it('explains itself in one sentence, without anything left open', () => {
    const example = bylaw.examples.find((one) => one.fires);
    const [event] = example === undefined ? [] : exampleEvents(detection, example, categoryOf);
    const sample = event === undefined ? { person: 'jane@example.org' } : sampleOf(detection, event);
    const outlier = {
      person: 'jane@example.org',
      day: EXAMPLE_DAY,
      count: 212,
      limit: 60,
      usual: 12,
      people: 1,
      days: 20,
      against: 'own' as const,
      hours: [3],
    };
    const numbers = {
      count: 3,
      first: 0,
      last: 240_000,
      values: 4,
      outlier: bylaw.baseline === undefined ? null : outlier,
    };
    const words = alertWords(bylaw.message, sample, numbers);
    const given = Object.values(sample).some((one) => one && words.startsWith(one));
    expect(words).toMatch(given ? /\.$/ : /^[A-Z0-9].*\.$/);
    expect(words).not.toMatch(/[{}]|undefined|null/);
  });
});
// Guide: G5.3-06 G5.4-04 G5.5-03 G5.5-05 G7.1-04 G7.1-05 G7.1-06
