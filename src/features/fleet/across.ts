import type { z } from 'zod';
import { observedOn } from '#domain/decide/observed-on.ts';
import { AREA_WORDS } from '#domain/labels.ts';
import { STATES, type State } from '#domain/model/verdict.ts';
import { searchable } from '#domain/text/unicode-form.ts';
import { shortId } from '#domain/text/words.ts';
import { acrossVerdicts } from '#store/verdicts/across.ts';
import type { HandlerContext } from '../context.ts';
import { countStates, findControl } from '../controls/index.ts';
import { visibleClients } from '../shared/visible-clients.ts';
import type { fleetContract } from './contract.ts';

type Across = z.infer<NonNullable<(typeof fleetContract.across)['~orpc']['outputSchema']>>;
export type AcrossLine = Across['items'][number];

interface AcrossFilter {
  readonly control: string;
  readonly state?: State | undefined;
  readonly text?: string | undefined;
}

/** The state of one control at every client whose controls the person may see. The counts are for all of them. */
export async function acrossClients(context: HandlerContext, filter: AcrossFilter): Promise<Across> {
  const { services } = context;
  const control = findControl(services.catalogue, filter.control);
  const ids = await visibleClients(context, 'controls.read');
  await services.verdicts.ensureCurrent(ids);
  const rows = await services.store.read(ids, (tx) => acrossVerdicts(tx, ids, control.id));
  const all = rows
    .map(
      ({ client, verdict, since }): AcrossLine => ({
        client: client.slug,
        name: client.name,
        sandbox: client.sandbox,
        state: verdict.state,
        reason: verdict.reason,
        listed: verdict.items.length,
        observedOn: observedOn(verdict),
        since: since.toISOString(),
        goodUntil: verdict.goodUntil,
      }),
    )
    .sort(
      (a, b) =>
        STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
        b.listed - a.listed ||
        a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }),
    );
  const words = searchable(filter.text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const items = all.filter(
    (line) =>
      (filter.state === undefined || line.state === filter.state) &&
      words.every((word) => searchable(`${line.name}\n${line.reason}`).includes(word)),
  );
  return {
    control: {
      id: control.id,
      short: shortId(control.id),
      title: control.title,
      why: control.why,
      severity: control.severity,
      area: control.area,
      areaName: AREA_WORDS[control.area],
    },
    items,
    total: items.length,
    all: all.length,
    counts: countStates(all),
  };
}
