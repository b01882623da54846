import { describe, expect, it } from 'vitest';
import { EvaluationState } from '#domain/decide/context.ts';
import { statusBy } from '#domain/detections/in-force.ts';
import { given, reading } from '#domain/testing/build.ts';
import { detectionContext } from './context-task.ts';

const DAY = '2026-11-20';
const row = (name: string, more: object = {}) => ({
  name,
  emails: [`${name.toLowerCase()}@alder.example.org`],
  ...more,
});

describe('who works here, for detections', () => {
  it('is not known from a row that does not say, or from two rows that contradict each other', () => {
    const shared = new EvaluationState(
      given({
        readings: {
          roster: [
            reading(
              'roster',
              [
                row('Ann', { status: 'active', unsure: null }),
                row('Bo', { status: 'left', unsure: null }),
                row('Cy', { unsure: { code: 'unread_status', column: 'Status', text: 'Blorked' } }),
                row('Di', { status: 'active', unsure: null }),
                row('Di', { endsOn: '2026-10-02', unsure: null }),
              ],
              { observedOn: DAY },
            ),
          ],
        },
      }),
    );
    const state = statusBy(detectionContext({ shared }).roster);
    const of = (name: string) => state(`${name}@alder.example.org`, '2026-11-21');
    expect(['ann', 'bo', 'cy', 'di', 'ed'].map(of)).toEqual(['staff', 'former', null, null, 'not_on_roster']);
  });
});
