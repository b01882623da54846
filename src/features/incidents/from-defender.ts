import { incidentCode } from '#domain/incidents/words.ts';
import { openIncidentOf } from '#store/incidents/incidents.ts';
import type { HandlerContext } from '../context.ts';
import { defenderAlert } from '../microsoft-tenant/index.ts';
import { notFound } from '../problems.ts';
import { NAME_SEPARATOR } from './upload.ts';
import { defenderWords } from './words.ts';

/** Maximum length of what an incident copies of one kind; the alert stored with it has everything. */
const MAX_LENGTH = 1_000;

/** What a Defender alert says about the incident opened from it; null: not reported. */
export async function fromDefender(context: HandlerContext, id: string) {
  const alert = context.can('controls.read') ? await defenderAlert(context, id) : null;
  if (alert === null) throw notFound();
  const already = await context.read((tx) => openIncidentOf(tx, context.client.id, 'defender', id));
  return {
    alert,
    says: {
      title: alert.title.slice(0, 300),
      summary: defenderWords(alert),
      person: alert.people[0] ?? null,
      connector: null,
      fileName: listed(alert.files.map(({ name, sha256 }) => name ?? sha256)),
      pattern: listed(alert.policies),
      device: listed(alert.devices.map(({ name, entraId }) => name ?? entraId)),
      session: null,
      happened: alert.at,
      already:
        already === undefined ? null : { id: already.id, code: incidentCode(already.number, already.drill) },
    },
  };
}

function listed(all: readonly (string | null)[]): string | null {
  const known = [...new Set(all.filter((one) => one !== null))];
  if (known.length === 0) return null;
  const joined = known.join(NAME_SEPARATOR);
  return joined.length <= MAX_LENGTH ? joined : `${joined.slice(0, MAX_LENGTH - 1)}…`;
}
// Guide: G7.2-09
