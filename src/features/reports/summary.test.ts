import { describe, expect, it } from 'vitest';
import type { Report } from './model.ts';
import { summarize } from './summary.ts';
import { sampleReport } from './testing/sample.ts';

function pointOf(reason: string): Report['summary']['points'][number] | undefined {
  const report = sampleReport();
  const first = report.controls[0];
  if (!first) throw new Error('The sample holds controls.');
  return summarize({ ...report, controls: [{ ...first, state: 'fail', reason }] }).points[0];
}

describe('what the board reads', () => {
  it('sets the first sentence apart and keeps addresses and figures whole', () => {
    expect(
      pointOf('3 of 64 have left: Ann Lee, ann@x.org. Each can read version 2.1 of the plan.'),
    ).toMatchObject({
      bold: '3 of 64 have left.',
      rest: 'Ann Lee, ann@x.org. Each can read version 2.1 of the plan.',
    });
  });

  it('ends a long point at a whole sentence', () => {
    const long = `Two connectors are open. ${'A sentence of some length stands here. '.repeat(20)}`;
    const rest = pointOf(long)?.rest ?? '';
    expect(rest.length).toBeLessThanOrEqual(200);
    expect(rest.endsWith('here.')).toBe(true);
  });

  it('keeps a single long sentence rather than cutting a name', () => {
    const names = Array.from({ length: 30 }, (_, n) => `Person Number${n}`).join(', ');
    expect(pointOf(`No one was told. Missing are ${names}.`)?.rest).toContain('Number29');
  });
});
