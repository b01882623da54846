import type { ActivityEffect, Category } from '#domain/activity/activity.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { type GatewayReader, gatewayReader } from './gateway.ts';

/** What the catalogue says of telemetry, made ready for being asked about each record. */
export interface Vocabulary {
  /** Events that Claude Code and Cowork document, without their prefix, and what kind of thing each is. */
  readonly events: ReadonlyMap<string, Category>;
  /** The effect of a tool that is part of Claude; null: nothing is read or written by it. */
  readonly tools: ReadonlyMap<string, ActivityEffect | null>;
  readonly gatewayOf: GatewayReader;
}

export function vocabularyOf({ telemetry }: Pick<Catalogue, 'telemetry'>): Vocabulary {
  const { claude, gateways } = telemetry;
  const tools = Object.entries(claude.builtInTools).flatMap(([effect, names]) =>
    (names ?? []).map((name) => [name, effect === 'none' ? null : (effect as ActivityEffect)] as const),
  );
  return {
    events: new Map(Object.entries(claude.events)),
    tools: new Map(tools),
    gatewayOf: gatewayReader(gateways),
  };
}
