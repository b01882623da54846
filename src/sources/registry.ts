import { anthropic } from './anthropic/index.ts';
import { microsoft } from './microsoft/index.ts';
import type { Source } from './source.ts';

/** Every vendor whose systems are read. To add one: a folder, a line here. */
export const SOURCES: readonly Source[] = [anthropic, microsoft];

/** Whether a vendor's connection with a kind of credential has a ledger, such as `compliance_feed`. */
export function keepsLedger(
  { vendor, key_kind }: { readonly vendor: string; readonly key_kind: string },
  name: string,
): boolean {
  const streams = SOURCES.find(({ id }) => id === vendor)?.live?.streams ?? [];
  return streams.some(({ ledger, keyKinds }) => ledger === name && keyKinds.includes(key_kind));
}
