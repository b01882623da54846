import { secretsOf, sinkKind } from '#sinks/registry.ts';
import type { Sink } from '#sinks/sink.ts';
import type { Sealer } from '#store/seal.ts';
import { type SinkRow, sinkSecretsPlace } from '#store/sinks/sinks.ts';
import type { Services } from '../context.ts';
import { meansFor } from './means.ts';

/** A sink that can be used, or one sentence that says why it cannot. */
export type Opened =
  | { readonly sink: Sink; readonly problem: null }
  | { readonly sink: null; readonly problem: string };

/** The secrets of a stored sink by the names of its settings. They never leave the server. */
export function secretsIn(sealer: Sealer, row: SinkRow): Readonly<Record<string, string>> {
  if (row.secrets_sealed === null) return {};
  return JSON.parse(sealer.open(row.secrets_sealed, sinkSecretsPlace(row.client_id, row.id)));
}

export function openSink(services: Services, row: SinkRow): Opened {
  const kind = sinkKind(row.kind);
  if (kind === undefined)
    return {
      sink: null,
      problem: `This version of Bylaw has no sink of the kind “${row.kind}”. Remove it, or install the version that made it.`,
    };
  if (row.secrets_sealed === null && secretsOf(kind).length > 0)
    return { sink: null, problem: 'Its secret was lost with the key that sealed it. Enter it again.' };
  try {
    const secrets = secretsIn(services.sealer, row);
    const settings = kind.settings.parse({ ...row.settings, ...secrets });
    const of = { clientId: row.client_id, sinkId: row.id };
    const sink = kind.open(settings, meansFor(services, kind, settings, of));
    return { sink: withoutEcho(sink, Object.values(secrets)), problem: null };
  } catch (error) {
    services.log.warn({ err: error, sink: row.id }, 'a sink cannot be opened');
    return { sink: null, problem: 'Its stored settings cannot be used. Enter them again.' };
  }
}

/** Shorter pieces of a secret are words of any answer. */
const MIN_SECRET = 8;

/** A sink whose answers repeat none of its secrets: what the other side said is stored, shown and on record. */
function withoutEcho(sink: Sink, secrets: readonly string[]): Sink {
  const pieces = secrets
    .flatMap((secret) => secret.split(/\s+/u))
    .filter(({ length }) => length >= MIN_SECRET);
  if (pieces.length === 0) return sink;
  return {
    max: sink.max,
    encode: (event) => sink.encode(event),
    async send(batch, signal) {
      const outcome = await sink.send(batch, signal);
      const answer = pieces.reduce<string | null>(
        (text, piece) => text?.replaceAll(piece, '…') ?? null,
        outcome.answer,
      );
      return { ...outcome, answer };
    },
  };
}
