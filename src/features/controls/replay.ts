import type { z } from 'zod';
import { observedOn } from '#domain/decide/observed-on.ts';
import { AREA_WORDS } from '#domain/labels.ts';
import { dayWords, shortId } from '#domain/text/words.ts';
import { verdictsAt } from '#store/verdicts/history.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, notFound } from '../problems.ts';
import { momentOf, present } from '../shared/moment.ts';
import type { controlsContract } from './contract.ts';
import { findControl } from './find.ts';
import { byStateThenWeight, countStates } from './line.ts';

type Replay = z.infer<NonNullable<(typeof controlsContract.replay)['~orpc']['outputSchema']>>;

/**
 * Decides as of the end of a past day from what is known today about that day, beside what was shown at the time. A
 * file of that day that was imported later is part of the former only.
 */
export async function replayControls(
  context: HandlerContext,
  day: string,
  controlId: string | undefined,
): Promise<Replay> {
  const { services, client, now } = context;
  const { today } = present(now, client.timezone);
  if (day > today)
    throw badRequest(`${dayWords(day)} is in the future. Choose a day up to today, ${dayWords(today)}.`);
  const wanted = controlId === undefined ? null : findControl(services.catalogue, controlId);
  const replayed = await services.verdicts.run(client.id, 'verdicts', undefined, { day });
  if (replayed === null) throw notFound();
  const end = new Date(momentOf(day, client.timezone).now);
  const then = await context.read((tx) => verdictsAt(tx, client.id, end));
  const shown = new Map(then.map((stretch) => [stretch.control, stretch.state]));
  const controls = new Map(services.catalogue.controls.map((control) => [control.id, control]));
  const all = replayed.result.flatMap((verdict) => {
    const control = controls.get(verdict.control);
    if (control === undefined) return [];
    return [
      {
        id: control.id,
        short: shortId(control.id),
        title: control.title,
        area: control.area,
        areaName: AREA_WORDS[control.area],
        severity: control.severity,
        state: verdict.state,
        reason: verdict.reason,
        observedOn: observedOn(verdict),
        goodUntil: verdict.goodUntil,
        due: verdict.due,
        items: verdict.items.map(({ key, label, detail }) => ({ key, label, detail })),
        shown: shown.get(control.id) ?? null,
      },
    ];
  });
  return {
    day,
    items: all.filter(({ id }) => wanted === null || id === wanted.id).sort(byStateThenWeight),
    counts: countStates(all),
  };
}
