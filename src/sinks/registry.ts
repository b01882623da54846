import type { z } from 'zod';
import { files } from './files/files.ts';
import { otlp } from './otlp/otlp.ts';
import { sentinel } from './sentinel/sentinel.ts';
import type { Sink, SinkField, SinkKind, SinkMeans } from './sink.ts';
import { splunk } from './splunk/splunk.ts';
import { syslog } from './syslog/syslog.ts';
import { webhook } from './webhook/webhook.ts';

/** A sink kind whose settings are validated before use, so that all kinds can be handled alike. */
export interface AnySinkKind extends Omit<SinkKind, 'fields' | 'hosts' | 'place' | 'destination' | 'open'> {
  readonly fields: Readonly<Record<string, SinkField>>;
  hosts(settings: unknown): readonly string[];
  place(settings: unknown): string;
  readonly destination: readonly string[];
  open(settings: unknown, means: SinkMeans): Sink;
}

function any<S extends z.ZodObject>(kind: SinkKind<S>): AnySinkKind {
  return {
    ...kind,
    hosts: (given) => kind.hosts(kind.settings.parse(given)),
    place: (given) => kind.place(kind.settings.parse(given)),
    open: (given, means) => kind.open(kind.settings.parse(given), means),
  };
}

/** Every system to which events can be sent, in the order offered. To add one: a folder, a line here. */
export const SINK_KINDS: readonly AnySinkKind[] = [
  any(splunk),
  any(sentinel),
  any(otlp),
  any(syslog),
  any(webhook),
  any(files),
];

export function sinkKind(id: string): AnySinkKind | undefined {
  return SINK_KINDS.find((kind) => kind.id === id);
}

/** Names of a kind's settings that are stored sealed. */
export function secretsOf(kind: AnySinkKind): readonly string[] {
  return Object.entries(kind.fields).flatMap(([name, { secret }]) => (secret === true ? [name] : []));
}
