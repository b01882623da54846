import { STATES, type State } from '#domain/model/verdict.ts';
import { LIGHT } from '../../shared/design-tokens.ts';
import { boardView } from '../board/view.ts';
import type { Report } from '../model.ts';
import { frameOf } from './frame.ts';

/** The board's report as plain data for the template: texts of the view and colors for print. */
export function boardPdfView(report: Report, paper: 'a4' | 'us-letter', sha256: string) {
  const view = boardView(report, { sha256 });
  const color = (state: State) => LIGHT.verdict[state].text;
  const shape = (state: State) => LIGHT.verdict[state].shape;
  return {
    ...view,
    ...frameOf(report, paper, view.title),
    states: view.states.map((one) => ({ ...one, shape: shape(one.state) })),
    areas: view.areas.map(({ counts, ...area }) => ({
      ...area,
      cells: STATES.map((state) => counts[state]),
    })),
    history:
      view.history === null
        ? null
        : {
            ...view.history,
            days: view.history.days.map((day) => ({
              ...day,
              counts: day.counts?.map((one) => ({ ...one, shape: shape(one.state) })) ?? null,
            })),
          },
    risks: view.risks.map((risk) => ({
      ...risk,
      standing: { ...risk.standing, color: color(risk.standing.state) },
    })),
    meaning: view.meaning.map((one) => ({ ...one, color: color(one.state) })),
  };
}
